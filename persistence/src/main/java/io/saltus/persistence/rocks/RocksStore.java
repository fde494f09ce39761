package io.saltus.persistence.rocks;

import io.saltus.persistence.home.HomeException;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.SerializedValue;
import io.saltus.persistence.read.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * The journal of one home, open for writing. Safe for use by many threads; one process at a time
 * can have it open.
 */
public final class RocksStore implements AutoCloseable {

  private final Path directory;
  private final Database database;
  private final JournalView view;
  private final GroupCommit commits;
  private final DurableOffset durable;
  private final Map<String, CompletableFuture<Void>> queued = new ConcurrentHashMap<>();

  private RocksStore(
      Path directory, Database database, Ledger ledger, JournalView view, StoreOptions options) {
    this.directory = directory;
    this.database = database;
    this.view = view;
    durable = new DurableOffset(ledger.lastOffset());
    commits =
        new GroupCommit(
            ledger, database::write, durable::advance, e -> Trouble.writing(directory, e), options);
  }

  /**
   * Opens a journal, or makes a new one where there is none.
   *
   * @param directory where RocksDB keeps its files; made if missing
   * @param options bounds on memory and queues
   * @param clock tells when this writer opened the journal
   * @return the open store
   * @throws HomeException when it is held, foreign, damaged or made by a newer version
   */
  public static RocksStore open(Path directory, StoreOptions options, Clock clock) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new HomeException(
          HomeException.Reason.NOT_PERMITTED,
          "cannot make the journal's directory: %s (%s). Check its owner and permissions."
              .formatted(directory, e.getMessage()),
          e);
    }
    return begun(directory, Database.primary(directory, options), options, clock);
  }

  /**
   * Opens a journal to write a few last events on a disk that is full but for a little, as after a
   * {@link StoreFailedException#isFullDisk}. Needs some hundred kilobytes of room.
   *
   * @param directory of a journal that is there
   * @throws HomeException as {@link #open}, and when there is not even that much room
   */
  public static RocksStore openSparing(Path directory, Clock clock) {
    return begun(directory, Database.sparing(directory), StoreOptions.defaults(), clock);
  }

  private static RocksStore begun(
      Path directory, Database database, StoreOptions options, Clock clock) {
    try {
      RocksStore store = begin(directory, database, options, clock.instant());
      store.commits.start();
      return store;
    } catch (RocksDBException e) {
      database.close();
      throw Trouble.opening(directory, e);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static RocksStore begin(
      Path directory, Database database, StoreOptions options, Instant now)
      throws RocksDBException {
    JournalView view = new JournalView(database);
    boolean fresh = Format.check(view, directory);
    long incarnation = view.last(Keys.WRITER) + 1;
    Ledger ledger = new Ledger(view, incarnation);
    ledger.adoptMarks();
    try (WriteBatch batch = new WriteBatch()) {
      if (fresh) {
        Format.write(batch, UUID.randomUUID());
      }
      batch.put(Keys.of(Keys.WRITER, incarnation), Keys.number(now.toEpochMilli()));
      // What a crashed writer left without a mark is on disk once this batch is.
      ledger.mark(batch);
      database.write(batch, true);
    }
    return new RocksStore(directory, database, ledger, view, options);
  }

  /**
   * Appends events to a stream, all or none. Waits while the queue is full, so it must not be
   * called where waiting is forbidden.
   *
   * @param persistenceId the stream
   * @param events at least one, with consecutive sequence numbers that continue the stream
   * @return completed once the events are on disk; failed with {@link IllegalStateException} when
   *     they do not continue the stream, with {@link StoreFailedException} when nobody knows
   *     whether they are
   */
  public CompletableFuture<Void> append(String persistenceId, List<NewEvent> events) {
    if (events.isEmpty()) {
      throw new IllegalArgumentException("nothing to append to " + persistenceId);
    }
    long first = events.get(0).sequence();
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).sequence() != first + i) {
        throw new IllegalArgumentException(
            "event %d of %s stands where %d should"
                .formatted(events.get(i).sequence(), persistenceId, first + i));
      }
    }
    List<byte[]> records = events.stream().map(EventRecord::layOut).toList();
    return submit(new Write.Append(persistenceId, first, records, new CompletableFuture<>()));
  }

  /**
   * Appends one event to a stream that has no actor of its own, wherever the stream ends when it is
   * its turn.
   *
   * @param persistenceId the stream
   * @param time now
   * @param payload the event
   * @return completed with its sequence number once it is on disk; otherwise as for {@link #append}
   */
  public CompletableFuture<Long> appendNext(
      String persistenceId, Instant time, SerializedValue payload) {
    // The number is part of the key only, and that is made by the writing thread.
    byte[] record = EventRecord.layOut(NewEvent.of(1, time, payload));
    Write.AppendNext write = new Write.AppendNext(persistenceId, record, new CompletableFuture<>());
    return submit(write).thenApply(done -> write.sequence().getPlain());
  }

  /**
   * Empties the payloads of a stream's first events. Their numbers remain; readers pass over them.
   *
   * @param persistenceId the stream
   * @param untilSequence the last event to empty
   * @return completed once this is on disk
   */
  public CompletableFuture<Void> empty(String persistenceId, long untilSequence) {
    return empty(persistenceId, 1, untilSequence);
  }

  /**
   * Empties the payloads of a range of a stream's events. Large ranges are emptied in parts, each
   * of them whole or not at all.
   *
   * @param persistenceId the stream
   * @param fromSequence the first event to empty
   * @param untilSequence the last event to empty
   * @return completed once this is on disk
   */
  public CompletableFuture<Void> empty(
      String persistenceId, long fromSequence, long untilSequence) {
    return submit(
        new Write.Empty(persistenceId, fromSequence, untilSequence, new CompletableFuture<>()));
  }

  /**
   * Keeps a snapshot, in place of an older one with the same sequence number.
   *
   * @param persistenceId the stream
   * @param sequence the last event that the state contains
   * @param time now
   * @param payload the state
   * @param metadata metadata beside it, or null
   * @return completed once it is on disk
   */
  public CompletableFuture<Void> saveSnapshot(
      String persistenceId,
      long sequence,
      Instant time,
      SerializedValue payload,
      @Nullable SerializedValue metadata) {
    return submit(
        new Write.SaveSnapshot(
            persistenceId,
            sequence,
            SnapshotRecord.layOut(time, payload, metadata),
            new CompletableFuture<>()));
  }

  /**
   * Deletes snapshots.
   *
   * @param persistenceId the stream
   * @param range which ones
   * @return completed once this is on disk
   */
  public CompletableFuture<Void> deleteSnapshots(String persistenceId, SnapshotRange range) {
    return submit(new Write.DropSnapshots(persistenceId, range, new CompletableFuture<>()));
  }

  /**
   * Counts snapshots.
   *
   * @param persistenceId the stream
   * @param range which ones
   * @return how many there are
   */
  public long countSnapshots(String persistenceId, SnapshotRange range) {
    return view.snapshots(view.stream(persistenceId), range).size();
  }

  /**
   * Writes all files of the database anew without what was deleted or replaced, so that its space
   * comes back. Takes as long as reading and writing the whole journal.
   *
   * @throws StoreFailedException when the disk does not let it
   */
  public void compact() {
    try {
      database.compact();
    } catch (RocksDBException e) {
      throw Trouble.writing(directory, e);
    }
  }

  /**
   * Returns the latest snapshot.
   *
   * @param persistenceId the stream
   * @param range which ones are meant
   * @return the one with the highest sequence number, if there is any
   */
  public Optional<StoredSnapshot> latestSnapshot(String persistenceId, SnapshotRange range) {
    return view.snapshot(persistenceId, range, durable.get());
  }

  /**
   * Waits for what is queued. A persistent actor that was restarted may recover while its own
   * writes are still on their way.
   *
   * @param persistenceId the stream
   * @return completed once everything submitted for the stream so far is on disk or has failed
   */
  public CompletableFuture<Void> settled(String persistenceId) {
    CompletableFuture<Void> last = queued.get(persistenceId);
    return last == null
        ? CompletableFuture.completedFuture(null)
        : last.handle((done, failed) -> null);
  }

  /** Returns how many streams there are, those included whose first event is on its way. */
  public long streams() {
    return view.last(Keys.STREAM);
  }

  /** Returns the offset of the last event on disk, 0 when there is none. */
  public long durableOffset() {
    return durable.get();
  }

  /**
   * Waits for more. Like all futures of this store, this one is completed by the writing thread: go
   * on asynchronously with anything that takes time.
   *
   * @param offset an offset
   * @return completed with the last durable offset once that is greater than the one given; failed
   *     when the store is closed first
   */
  public CompletableFuture<Long> durableAfter(long offset) {
    return durable.after(offset);
  }

  /** Returns what ended this store's ability to write, if anything did. */
  public Optional<StoreFailedException> failure() {
    return Optional.ofNullable(commits.failure());
  }

  /**
   * Returns a view of what is durable now.
   *
   * @return a reader that stays usable until this store is closed
   */
  public JournalReader reader() {
    return new PrimaryReader(view, durable);
  }

  private CompletableFuture<Void> submit(Write write) {
    String persistenceId = write.persistenceId();
    CompletableFuture<Void> done = write.done();
    queued.put(persistenceId, done);
    CompletableFuture<?> unused =
        done.whenComplete((ok, failed) -> queued.remove(persistenceId, done));
    commits.submit(write);
    return done;
  }

  /** Writes what is queued, then closes the journal. */
  @Override
  public void close() {
    commits.close();
    durable.close();
    if (commits.failure() == null) {
      database.sync();
    }
    database.close();
  }

  @Override
  public String toString() {
    return "journal in " + directory;
  }
}
