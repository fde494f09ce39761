package io.saltus.persistence.rocks;

import io.saltus.persistence.home.HomeException;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.StoredEvent;
import io.saltus.persistence.read.StoredSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal that another process may be writing. It follows the writer's files as a RocksDB
 * secondary: opening takes no lock and changes nothing in the home.
 *
 * <p>A secondary sees writes before they are synchronised, so the view ends at the writer's last
 * mark "durable up to here". After the writer has changed files it was seen to lack an event for a
 * moment; since numbers have no gaps this is noticed, and looked at again with a fresh secondary.
 */
final class SecondaryReader implements JournalReader {

  private static final int ATTEMPTS = 20;
  private static final long BETWEEN_ATTEMPTS_NANOS = 5_000_000;

  private final Path directory;
  private final Path scratch;
  private @Nullable Database database;
  private @Nullable JournalView view;
  private String openedAt = "";
  private long durable;
  private boolean closed;

  private SecondaryReader(Path directory, Path scratch) {
    this.directory = directory;
    this.scratch = scratch;
  }

  static SecondaryReader open(Path directory) {
    SecondaryReader reader = new SecondaryReader(directory, newScratch());
    try {
      reader.refresh();
      return reader;
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  private static Path newScratch() {
    try {
      return Files.createTempDirectory("saltus-reader-");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a temporary directory: " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized List<String> persistenceIds() {
    return ask(List.of(), open -> open.persistenceIds(durable));
  }

  @Override
  public synchronized long highestSequence(String persistenceId) {
    return ask(
        0L,
        open -> {
          long stream = open.stream(persistenceId);
          return stream == 0 ? 0L : open.highestSequence(stream, durable);
        });
  }

  @Override
  public synchronized long durableOffset() {
    return durable;
  }

  @Override
  public synchronized Optional<UUID> identity() {
    return ask(Optional.empty(), Format::identity);
  }

  @Override
  public synchronized Set<String> changedSince(long offset) {
    return ask(Set.of(), open -> open.changed(Math.max(0, offset) + 1, durable));
  }

  @Override
  public synchronized Iterator<StoredEvent> events(
      String persistenceId, long fromSequence, long untilSequence) {
    long end = durable;
    return new BatchIterator(
        Math.max(1, fromSequence),
        from -> batch(from, open -> open.events(persistenceId, from, untilSequence, end)));
  }

  @Override
  public synchronized Iterator<StoredEvent> byOffset(long fromOffset) {
    long end = durable;
    return new BatchIterator(
        Math.max(1, fromOffset), from -> batch(from, open -> open.byOffset(from, end)));
  }

  private synchronized JournalView.Batch batch(
      long from, Function<JournalView, JournalView.Batch> question) {
    return ask(new JournalView.Batch(List.of(), from, true), question);
  }

  @Override
  public synchronized Optional<StoredSnapshot> latestSnapshot(String persistenceId) {
    return ask(Optional.empty(), open -> open.snapshot(persistenceId, SnapshotRange.ALL, durable));
  }

  @Override
  public synchronized boolean refresh() {
    refuseClosed();
    long before = durable;
    catchUp(false);
    return durable > before;
  }

  /** The database of the moment, none while no writer has made one. */
  private void catchUp(boolean afresh) {
    String current = current();
    if (current.isEmpty()) {
      return;
    }
    Database open = database;
    if (open == null || afresh || !current.equals(openedAt) || !follow(open)) {
      reopen(current);
    }
    JournalView now = view;
    if (now != null) {
      durable = Math.max(durable, now.last(Keys.DURABLE));
    }
  }

  private static boolean follow(Database open) {
    try {
      return open.read(
          (db, scan) -> {
            db.tryCatchUpWithPrimary();
            return true;
          });
    } catch (org.rocksdb.RocksDBException e) {
      // The writer has replaced files meanwhile: a fresh secondary finds the new ones.
      return false;
    }
  }

  /** Opening can fail while the writer replaces the files that are being opened. */
  private void reopen(String current) {
    String at = current;
    for (int attempt = 1; ; attempt++) {
      try {
        Database opened = Database.secondary(directory, scratch);
        replace(opened);
        openedAt = at;
        return;
      } catch (HomeException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        LockSupport.parkNanos(BETWEEN_ATTEMPTS_NANOS);
        at = current();
      }
    }
  }

  private void replace(Database opened) {
    Database old = database;
    database = opened;
    JournalView fresh = new JournalView(opened);
    view = fresh;
    if (old != null) {
      old.close();
    }
    Format.check(fresh, directory);
  }

  private String current() {
    try {
      return Files.readString(directory.resolve("CURRENT"));
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new HomeException(
          HomeException.Reason.NOT_PERMITTED,
          "the journal cannot be read: %s (%s). Check its owner and permissions."
              .formatted(directory, e.getMessage()),
          e);
    }
  }

  private <T> T ask(T nothing, Function<JournalView, T> question) {
    refuseClosed();
    for (int attempt = 1; ; attempt++) {
      JournalView open = view;
      if (open == null) {
        return nothing;
      }
      try {
        return question.apply(open);
      } catch (JournalView.Hole e) {
        if (attempt == ATTEMPTS) {
          throw e.damage();
        }
        LockSupport.parkNanos(BETWEEN_ATTEMPTS_NANOS);
        catchUp(true);
      }
    }
  }

  private void refuseClosed() {
    if (closed) {
      throw new IllegalStateException("the reader is closed");
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    Database open = database;
    if (open != null) {
      open.close();
    }
    Trees.delete(scratch);
  }
}
