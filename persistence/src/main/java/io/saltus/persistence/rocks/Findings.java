package io.saltus.persistence.rocks;

import io.saltus.persistence.read.JournalDamagedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * What was found in the files of a damaged journal, sorted and checked, in a database of its own.
 * Files may hold the same record several times, and of an emptied one its older form too.
 */
final class Findings implements Scanned, AutoCloseable {

  /** {@code f stream number, sequence number → emptied event}, beside whole ones under e. */
  private static final byte EMPTIED = 'f';

  /** {@code q offset → place}, as the index of the damaged journal has it. */
  private static final byte INDEXED = 'q';

  private static final long BATCH_BYTES = 4L << 20;

  private final Path directory;
  private final Database database;
  private final JournalView view;
  private final WriteBatch batch = new WriteBatch();
  private final Map<Long, String> names = new TreeMap<>();
  private final Map<Long, Long> known = new TreeMap<>();
  private long lastOffset;
  private boolean foreign;

  Findings(Path directory) {
    this.directory = directory;
    database = Database.primary(directory, StoreOptions.defaults());
    view = new JournalView(database);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    if (Keys.in(Keys.STREAM, key) && key.length == 1 + Long.BYTES) {
      names.put(Keys.first(key), new String(value, StandardCharsets.UTF_8));
    } else if (Keys.in(Keys.STREAM_BY_NAME, key) && value.length == Long.BYTES) {
      names.put(Keys.number(value, 0), Keys.name(key));
    } else if (Keys.in(Keys.EVENT, key) && key.length == 1 + 2 * Long.BYTES) {
      event(key, value);
    } else if (Keys.in(Keys.OFFSET, key) && value.length == 2 * Long.BYTES) {
      known.merge(Keys.number(value, 0), Keys.number(value, Long.BYTES), Math::max);
      lastOffset = Math.max(lastOffset, Keys.first(key));
      keep(Keys.of(INDEXED, Keys.first(key)), value);
    } else if (Keys.in(Keys.DURABLE, key) && key.length == 1 + Long.BYTES) {
      lastOffset = Math.max(lastOffset, Keys.first(key));
    } else if (Keys.in(Keys.SNAPSHOT, key)) {
      snapshot(key, value);
    } else if (Keys.in(Keys.META, key) || Keys.in(Keys.WRITER, key)) {
      keep(key, value);
    } else if (!Keys.in(Keys.DELETED, key)) {
      foreign = true;
    }
  }

  /** Whether something was found, and nothing of it is a journal's. */
  boolean isForeign() {
    return foreign && known.isEmpty() && names.isEmpty();
  }

  private void event(byte[] key, byte[] record) {
    long stream = Keys.first(key);
    long sequence = Keys.second(key);
    known.merge(stream, sequence, Math::max);
    try {
      long offset = EventRecord.read("", key, record).offset();
      lastOffset = Math.max(lastOffset, offset);
      keep(Keys.of(Keys.OFFSET, offset), Ledger.place(stream, sequence));
      keep(EventRecord.isEmptied(record) ? Keys.of(EMPTIED, stream, sequence) : key, record);
    } catch (JournalDamagedException e) {
      // Its number is known and its bytes are not: a loss, unless another file has it.
      return;
    }
  }

  private void snapshot(byte[] key, byte[] record) {
    // One that is damaged is left out: it only saves time.
    if (key.length == 1 + 3 * Long.BYTES && Checksum.matches(key, record)) {
      keep(key, record);
    }
  }

  private void keep(byte[] key, byte[] value) {
    try {
      batch.put(key, value);
      if (batch.getDataSize() > BATCH_BYTES) {
        flush();
      }
    } catch (RocksDBException e) {
      throw Trouble.writing(directory, e);
    }
  }

  /** To be called when everything was put. */
  void flush() {
    try {
      database.write(batch, false);
      batch.clear();
    } catch (RocksDBException e) {
      throw Trouble.writing(directory, e);
    }
  }

  /** Names of streams by their numbers, as far as they were found. */
  Map<Long, String> names() {
    return names;
  }

  /** For each stream the greatest sequence number that is spoken of anywhere. */
  Map<Long, Long> known() {
    return known;
  }

  /** The greatest offset that is spoken of anywhere. */
  long lastOffset() {
    return lastOffset;
  }

  /** How many events of a stream, from the first on, were found without a hole. */
  long prefix(long stream) {
    return view.ask(
        (db, scan) -> {
          try (RocksIterator whole = db.newIterator(scan);
              RocksIterator emptied = db.newIterator(scan)) {
            whole.seek(Keys.of(Keys.EVENT, stream, 1));
            emptied.seek(Keys.of(EMPTIED, stream, 1));
            long next = 1;
            while (true) {
              boolean found = false;
              if (isAt(whole, Keys.of(Keys.EVENT, stream, next))) {
                whole.next();
                found = true;
              }
              if (isAt(emptied, Keys.of(EMPTIED, stream, next))) {
                emptied.next();
                found = true;
              }
              if (!found) {
                return next - 1;
              }
              next++;
            }
          }
        });
  }

  private static boolean isAt(RocksIterator it, byte[] key) {
    return it.isValid() && Arrays.equals(it.key(), key);
  }

  /** The record of an event: emptied where any file has it so. */
  Optional<byte[]> event(long stream, long sequence) {
    return get(Keys.of(EMPTIED, stream, sequence))
        .or(() -> get(Keys.of(Keys.EVENT, stream, sequence)));
  }

  /** Stream and sequence number of the event at an offset, as far as an event or the index says. */
  Optional<byte[]> place(long offset) {
    return get(Keys.of(Keys.OFFSET, offset)).or(() -> get(Keys.of(INDEXED, offset)));
  }

  /** The keys of a range, in order; only of the small ones. */
  List<byte[]> keys(byte range) {
    return view.ask(
        (db, scan) -> {
          List<byte[]> keys = new ArrayList<>();
          try (RocksIterator it = db.newIterator(scan)) {
            it.seek(Keys.range(range));
            for (; it.isValid() && Keys.in(range, it.key()); it.next()) {
              keys.add(it.key());
            }
            it.status();
          }
          return keys;
        });
  }

  /** A value by its key. Nobody else writes this database, so a get is as good as an iterator. */
  Optional<byte[]> get(byte[] key) {
    return view.ask((db, scan) -> Optional.ofNullable(db.get(key)));
  }

  @Override
  public void close() {
    batch.close();
    database.close();
  }
}
