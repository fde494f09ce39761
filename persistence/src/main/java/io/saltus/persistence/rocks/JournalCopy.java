package io.saltus.persistence.rocks;

import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeException;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.read.JournalDamagedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * Copies a home from any process, also while it is written: the journal up to one durable offset,
 * and the checkpoint files. Streams, numbers, offsets and records are the same in the copy.
 */
public final class JournalCopy {

  /**
   * What was copied.
   *
   * @param streams how many streams
   * @param events how many events
   * @param durableOffset the last offset in the copy
   * @param checkpoints how many checkpoint files
   */
  public record Report(long streams, long events, long durableOffset, long checkpoints) {}

  private static final int ATTEMPTS = 5;
  private static final long BATCH_BYTES = 4L << 20;

  private final Inspection source;
  private final Database target;
  private final WriteBatch batch = new WriteBatch();
  private long events;

  private JournalCopy(Inspection source, Database target) {
    this.source = source;
    this.target = target;
  }

  /**
   * Copies a home. The copy appears under its name only when it is whole.
   *
   * @param from the home
   * @param to where the copy goes; must not exist
   * @return what was copied
   * @throws HomeException when the target exists or cannot be written
   * @throws JournalDamagedException at the first damaged event
   */
  public static Report copy(Home from, Path to) {
    return NewCopy.make(to, partial -> withRetries(from, partial));
  }

  /** Beside a writer something can seem to be missing for a moment. */
  private static Report withRetries(Home from, Path partial) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return once(from, Home.at(partial));
      } catch (JournalDamagedException e) {
        if (attempt == ATTEMPTS || HomeLock.currentHolder(from).isEmpty()) {
          throw e;
        }
        Trees.delete(partial);
      }
    }
  }

  private static Report once(Home from, Home to) throws IOException {
    try (HomeLock lock = to.lockForWriting("journal copy")) {
      if (Inspection.isEmpty(from)) {
        return new Report(0, 0, 0, checkpoints(from, to));
      }
      try (Inspection source = Inspection.open(from);
          Database target = Database.primary(lock.home().journal(), StoreOptions.defaults())) {
        JournalCopy copy = new JournalCopy(source, target);
        long streams = copy.run();
        return new Report(streams, copy.events, source.durable(), checkpoints(from, to));
      } catch (RocksDBException e) {
        throw Trouble.writing(to.journal(), e);
      }
    }
  }

  private long run() throws RocksDBException {
    try (batch) {
      range(Keys.META);
      range(Keys.WRITER);
      long streams = 0;
      for (Map.Entry<Long, String> each : source.streams().entrySet()) {
        stream(each.getKey(), each.getValue());
        streams++;
      }
      if (source.durable() > 0) {
        put(Keys.of(Keys.DURABLE, source.durable()), new byte[0]);
      }
      target.write(batch, true);
      return streams;
    }
  }

  private void range(byte range) throws RocksDBException {
    source
        .database()
        .read(
            (db, scan) -> {
              try (RocksIterator it = db.newIterator(scan)) {
                it.seek(Keys.range(range));
                for (; it.isValid() && Keys.in(range, it.key()); it.next()) {
                  put(it.key(), it.value());
                }
                it.status();
                return true;
              }
            });
  }

  private void stream(long stream, String name) throws RocksDBException {
    source
        .database()
        .read(
            (db, scan) -> {
              put(Keys.streamByName(name), Keys.number(stream));
              put(Keys.of(Keys.STREAM, stream), Keys.utf8(name));
              try (RocksIterator it = db.newIterator(scan)) {
                long last = events(it, stream, name);
                it.seek(Keys.of(Keys.SNAPSHOT, stream));
                for (; it.isValid() && Keys.in(Keys.SNAPSHOT, stream, it.key()); it.next()) {
                  if (Keys.second(it.key()) <= last) {
                    put(it.key(), it.value());
                  }
                }
                it.status();
              }
              return true;
            });
  }

  private long events(RocksIterator it, long stream, String name) throws RocksDBException {
    long expected = 1;
    it.seek(Keys.of(Keys.EVENT, stream));
    for (; it.isValid() && Keys.in(Keys.EVENT, stream, it.key()); it.next()) {
      byte[] key = it.key();
      byte[] record = it.value();
      if (Keys.second(key) != expected) {
        throw new JournalDamagedException(name, expected, "it is missing");
      }
      long offset = EventRecord.read(name, key, record).offset();
      if (offset > source.durable()) {
        break;
      }
      put(key, record);
      put(Keys.of(Keys.OFFSET, offset), Ledger.place(stream, expected));
      expected++;
      events++;
    }
    it.status();
    return expected - 1;
  }

  private void put(byte[] key, byte[] value) throws RocksDBException {
    batch.put(key, value);
    if (batch.getDataSize() > BATCH_BYTES) {
      target.write(batch, false);
      batch.clear();
    }
  }

  private static long checkpoints(Home from, Home to) throws IOException {
    if (!Files.isDirectory(from.checkpoints())) {
      return 0;
    }
    try (Stream<Path> files = Files.list(from.checkpoints())) {
      List<Path> whole =
          files.filter(each -> each.toString().endsWith(".safetensors")).sorted().toList();
      for (Path each : whole) {
        Files.copy(each, to.checkpoints().resolve(each.getFileName()));
      }
      return whole.size();
    }
  }
}
