package io.saltus.persistence.rocks;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * Turns writes into keys: hands out offsets, stream numbers and snapshot versions, and refuses
 * sequence numbers that do not continue their stream. Belongs to the writing thread alone.
 */
final class Ledger {

  /** Where a stream stands, with all that is planned already. */
  private static final class Stream {
    private final long number;
    private long highest;

    Stream(long number, long highest) {
      this.number = number;
      this.highest = highest;
    }
  }

  private static final int STREAMS_KEPT = 10_000;
  private static final int MARKS_KEPT = 64;
  private static final int EMPTIED_AT_ONCE = 4096;

  private final JournalView view;
  private final Map<String, Stream> streams = new LinkedHashMap<>(16, 0.75f, true);
  private final Deque<Long> marks = new ArrayDeque<>();
  private long lastOffset;
  private long lastStream;
  private long lastVersion;

  Ledger(JournalView view, long incarnation) {
    this.view = view;
    lastOffset = view.last(Keys.OFFSET);
    lastStream = view.last(Keys.STREAM);
    // Snapshot versions are never used twice, so that no snapshot key is ever written again.
    lastVersion = incarnation << Integer.SIZE;
  }

  long lastOffset() {
    return lastOffset;
  }

  void append(Write.Append append, WriteBatch batch) throws RocksDBException {
    long highest = highestOf(append.persistenceId());
    if (append.firstSequence() != highest + 1) {
      throw new IllegalStateException(
          "event %d of %s does not follow event %d, the last one in the journal. Is there another writer?"
              .formatted(append.firstSequence(), append.persistenceId(), highest));
    }
    Stream stream = stream(append.persistenceId(), batch);
    for (byte[] content : append.records()) {
      put(stream, content, batch);
    }
  }

  void append(Write.AppendNext append, WriteBatch batch) throws RocksDBException {
    append.sequence().setPlain(put(stream(append.persistenceId(), batch), append.content(), batch));
  }

  private long put(Stream stream, byte[] content, WriteBatch batch) throws RocksDBException {
    long offset = ++lastOffset;
    long sequence = ++stream.highest;
    byte[] key = Keys.of(Keys.EVENT, stream.number, sequence);
    EventRecord.seal(key, content, offset);
    batch.put(key, content);
    batch.put(Keys.of(Keys.OFFSET, offset), place(stream.number, sequence));
    return sequence;
  }

  static byte[] place(long stream, long sequence) {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(stream).putLong(sequence).array();
  }

  /**
   * Empties some payloads.
   *
   * @param from the first sequence number to look at
   * @return where to go on, or 0 when all is done
   */
  long empty(Write.Empty write, long from, WriteBatch batch) {
    long stream = view.stream(write.persistenceId());
    if (stream == 0) {
      return 0;
    }
    return view.ask(
        (db, scan) -> {
          try (RocksIterator it = db.newIterator(scan)) {
            it.seek(Keys.of(Keys.EVENT, stream, from));
            int emptied = 0;
            for (; it.isValid() && Keys.in(Keys.EVENT, stream, it.key()); it.next()) {
              byte[] key = it.key();
              long sequence = Keys.second(key);
              if (sequence > write.untilSequence()) {
                return 0L;
              }
              if (emptied == EMPTIED_AT_ONCE) {
                return sequence;
              }
              byte[] content = it.value();
              if (!EventRecord.isEmptied(content)) {
                batch.put(
                    key,
                    EventRecord.emptied(
                        key, EventRecord.read(write.persistenceId(), key, content)));
                emptied++;
              }
            }
            it.status();
            return 0L;
          }
        });
  }

  void save(Write.SaveSnapshot save, WriteBatch batch) throws RocksDBException {
    long stream = stream(save.persistenceId(), batch).number;
    for (byte[] older :
        view.snapshots(
            stream,
            new SnapshotRange(save.sequence(), save.sequence(), Long.MIN_VALUE, Long.MAX_VALUE))) {
      batch.delete(older);
    }
    byte[] key = Keys.snapshot(stream, save.sequence(), ++lastVersion);
    Checksum.seal(key, save.content());
    batch.put(key, save.content());
  }

  void drop(Write.DropSnapshots drop, WriteBatch batch) throws RocksDBException {
    long stream = view.stream(drop.persistenceId());
    for (byte[] key : view.snapshots(stream, drop.range())) {
      batch.delete(key);
    }
  }

  /** Adds "durable up to here", and takes away marks that no reader needs any more. */
  void mark(WriteBatch batch) throws RocksDBException {
    if (!marks.isEmpty() && marks.getLast() == lastOffset) {
      return;
    }
    batch.put(Keys.of(Keys.DURABLE, lastOffset), new byte[0]);
    marks.addLast(lastOffset);
    if (marks.size() > MARKS_KEPT) {
      batch.delete(Keys.of(Keys.DURABLE, marks.removeFirst()));
    }
  }

  /** Takes over the marks of earlier writers. */
  void adoptMarks() {
    marks.addAll(
        view.ask(
            (db, scan) -> {
              List<Long> found = new ArrayList<>();
              try (RocksIterator it = db.newIterator(scan)) {
                it.seek(Keys.range(Keys.DURABLE));
                for (; it.isValid() && Keys.in(Keys.DURABLE, it.key()); it.next()) {
                  found.add(Keys.first(it.key()));
                }
                it.status();
              }
              return found;
            }));
  }

  /** Forgets streams that were not written for long; only after all that is planned is written. */
  void written() {
    Iterator<String> eldest = streams.keySet().iterator();
    for (int excess = streams.size() - STREAMS_KEPT; excess > 0; excess--) {
      eldest.next();
      eldest.remove();
    }
  }

  private long highestOf(String persistenceId) {
    Stream known = streams.get(persistenceId);
    if (known != null) {
      return known.highest;
    }
    long number = view.stream(persistenceId);
    return number == 0 ? 0 : view.highestSequence(number, Long.MAX_VALUE);
  }

  private Stream stream(String persistenceId, WriteBatch batch) throws RocksDBException {
    Stream known = streams.get(persistenceId);
    if (known == null) {
      known = read(persistenceId, batch);
      streams.put(persistenceId, known);
    }
    return known;
  }

  private Stream read(String persistenceId, WriteBatch batch) throws RocksDBException {
    long number = view.stream(persistenceId);
    if (number != 0) {
      return new Stream(number, view.highestSequence(number, Long.MAX_VALUE));
    }
    number = ++lastStream;
    batch.put(Keys.streamByName(persistenceId), Keys.number(number));
    batch.put(Keys.of(Keys.STREAM, number), Keys.utf8(persistenceId));
    return new Stream(number, 0);
  }
}
