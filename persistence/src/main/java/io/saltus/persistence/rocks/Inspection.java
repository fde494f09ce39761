package io.saltus.persistence.rocks;

import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.rocksdb.RocksIterator;

/**
 * A journal opened for looking at all of it, from any process. While somebody writes it, it is
 * opened as a secondary and looked at up to the last durable mark. At rest it is opened read-only,
 * which also refuses logs with flipped bits.
 */
final class Inspection implements AutoCloseable {

  private final Path scratch;
  private final Database database;
  private final JournalView view;
  private final long durable;

  private Inspection(Path scratch, Database database, boolean held) {
    this.scratch = scratch;
    this.database = database;
    view = new JournalView(database);
    durable = held ? view.last(Keys.DURABLE) : view.last(Keys.OFFSET);
  }

  static Inspection open(Home home) {
    Path scratch = newScratch();
    try {
      boolean held = HomeLock.currentHolder(home).isPresent();
      Database database =
          held ? Database.secondary(home.journal(), scratch) : Database.readOnly(home.journal());
      Inspection opened = new Inspection(scratch, database, held);
      try {
        Format.check(opened.view, home.journal());
        return opened;
      } catch (RuntimeException e) {
        database.close();
        throw e;
      }
    } catch (RuntimeException e) {
      Trees.delete(scratch);
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

  static boolean isEmpty(Home home) {
    return !Files.exists(home.journal().resolve("CURRENT"));
  }

  Database database() {
    return database;
  }

  JournalView view() {
    return view;
  }

  long durable() {
    return durable;
  }

  /** Numbers and names of all streams. */
  Map<Long, String> streams() {
    return view.ask(
        (db, scan) -> {
          Map<Long, String> found = new TreeMap<>();
          try (RocksIterator it = db.newIterator(scan)) {
            it.seek(Keys.range(Keys.STREAM_BY_NAME));
            for (; it.isValid() && Keys.in(Keys.STREAM_BY_NAME, it.key()); it.next()) {
              found.put(Keys.number(it.value(), 0), Keys.name(it.key()));
            }
            it.status();
          }
          return found;
        });
  }

  @Override
  public void close() {
    database.close();
    Trees.delete(scratch);
  }
}
