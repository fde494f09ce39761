package io.saltus.persistence.rocks;

import io.saltus.persistence.read.StoredEvent;
import io.saltus.persistence.rocks.JournalSalvage.Loss;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Makes a journal of what was found of a damaged one. The lengths of all streams are found first;
 * then the events are written in the order of their old offsets.
 */
final class SalvagedStreams {

  private static final long BATCH_BYTES = 4L << 20;

  private final Findings found;
  private final Database target;
  private final Function<StoredEvent, Optional<String>> naming;
  private final List<Loss> losses;
  private final WriteBatch batch = new WriteBatch();
  private final Map<Long, Long> lengths = new HashMap<>();
  private long offset;

  /**
   * @param naming tells the name of a stream from its first event, where the name is lost
   */
  SalvagedStreams(
      Findings found,
      Database target,
      Function<StoredEvent, Optional<String>> naming,
      List<Loss> losses) {
    this.found = found;
    this.target = target;
    this.naming = naming;
    this.losses = losses;
  }

  /** How many streams have events in the copy. */
  long streams() {
    return lengths.size();
  }

  /** How many events there are in the copy, which is also its last offset. */
  long events() {
    return offset;
  }

  /**
   * Writes the journal.
   *
   * @param source where the damaged one lies, for complaints
   */
  void write(Path source) throws RocksDBException {
    try (batch) {
      for (byte[] writer : found.keys(Keys.WRITER)) {
        put(writer, found.get(writer).orElseThrow());
      }
      for (Map.Entry<Long, Long> each : found.known().entrySet()) {
        stream(each.getKey(), each.getValue());
      }
      writeEvents();
      snapshots();
      Format.adopt(found, losses.isEmpty(), batch, source);
      if (offset > 0) {
        put(Keys.of(Keys.DURABLE, offset), new byte[0]);
      }
      target.write(batch, true);
    }
  }

  private void stream(long stream, long known) throws RocksDBException {
    Optional<String> named = name(stream);
    if (named.isEmpty()) {
      losses.add(
          new Loss(
              "",
              0,
              "the stream of number %d: its name is lost, and so are its %d events"
                  .formatted(stream, known)));
      return;
    }
    String name = named.get();
    long length = found.prefix(stream);
    if (length < known) {
      losses.add(
          new Loss(
              name,
              length + 1,
              length + 1 == known
                  ? "event %d is lost".formatted(known)
                  : "events %d to %d are lost".formatted(length + 1, known)));
    }
    if (length > 0) {
      lengths.put(stream, length);
      put(Keys.streamByName(name), Keys.number(stream));
      put(Keys.of(Keys.STREAM, stream), Keys.utf8(name));
    }
  }

  private Optional<String> name(long stream) {
    return Optional.ofNullable(found.names().get(stream))
        .or(
            () ->
                found
                    .event(stream, 1)
                    .map(
                        record ->
                            EventRecord.read(
                                "stream " + stream, Keys.of(Keys.EVENT, stream, 1), record))
                    .flatMap(naming)
                    .filter(name -> !found.names().containsValue(name)));
  }

  private void writeEvents() throws RocksDBException {
    long missing = 0;
    Map<Long, Long> placed = new HashMap<>();
    for (long old = 1; old <= found.lastOffset(); old++) {
      Optional<byte[]> place = found.place(old);
      if (place.isEmpty()) {
        missing++;
        continue;
      }
      long stream = Keys.number(place.get(), 0);
      long sequence = Keys.number(place.get(), Long.BYTES);
      placed.merge(stream, 1L, Long::sum);
      if (sequence <= lengths.getOrDefault(stream, 0L)) {
        event(stream, sequence, old);
      }
    }
    for (Map.Entry<Long, Long> each : found.known().entrySet()) {
      // Those whose stream is known are named with it already.
      missing -= each.getValue() - placed.getOrDefault(each.getKey(), 0L);
    }
    if (missing > 0) {
      losses.add(new Loss("", 0, "%d events of which only the offset is known".formatted(missing)));
    }
  }

  private void event(long stream, long sequence, long old) throws RocksDBException {
    byte[] record = found.event(stream, sequence).orElseThrow();
    if (EventRecord.offset(record) != old) {
      return;
    }
    byte[] key = Keys.of(Keys.EVENT, stream, sequence);
    EventRecord.seal(key, record, ++offset);
    put(key, record);
    put(Keys.of(Keys.OFFSET, offset), Ledger.place(stream, sequence));
  }

  private void snapshots() throws RocksDBException {
    for (byte[] key : found.keys(Keys.SNAPSHOT)) {
      if (Keys.second(key) <= lengths.getOrDefault(Keys.first(key), 0L)) {
        put(key, found.get(key).orElseThrow());
      }
    }
  }

  private void put(byte[] key, byte[] value) throws RocksDBException {
    batch.put(key, value);
    if (batch.getDataSize() > BATCH_BYTES) {
      target.write(batch, false);
      batch.clear();
    }
  }
}
