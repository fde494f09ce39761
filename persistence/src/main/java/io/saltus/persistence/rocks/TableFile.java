package io.saltus.persistence.rocks;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.SstFileReaderIterator;

/**
 * A table file of the journal's database, read without its manifest. At a damaged block reading
 * goes on at the next stream, or the next number, whose place can be found: of the events of a
 * stream those behind a damaged block are of no use.
 */
final class TableFile {

  /** The ranges of keys, in their order. */
  private static final byte[] RANGES = {
    Keys.DURABLE,
    Keys.EVENT,
    Keys.STREAM,
    Keys.META,
    Keys.OFFSET,
    Keys.STREAM_BY_NAME,
    Keys.SNAPSHOT,
    Keys.WRITER,
    Keys.DELETED
  };

  /** More keys than a block holds: where as many tries fail one after the other, all will. */
  private static final int MOST_TRIES = 10_000;

  private final SstFileReader reader;
  private final ReadOptions options;
  private final Scanned scanned;
  private @Nullable String damage;

  private TableFile(SstFileReader reader, ReadOptions options, Scanned scanned) {
    this.reader = reader;
    this.options = options;
    this.scanned = scanned;
  }

  /**
   * Reads a table file.
   *
   * @param scanned receives what it holds
   * @return what is damaged, if anything is
   */
  static Optional<String> scan(Path file, Scanned scanned) {
    RocksLibrary.load();
    try (Options settings = new Options();
        ReadOptions options = new ReadOptions().setFillCache(false);
        SstFileReader reader = new SstFileReader(settings)) {
      reader.open(file.toString());
      TableFile table = new TableFile(reader, options, scanned);
      for (byte range : RANGES) {
        table.range(range);
      }
      return Optional.ofNullable(table.damage);
    } catch (RocksDBException e) {
      return Optional.of("it cannot be read (%s)".formatted(e.getMessage()));
    }
  }

  private void range(byte range) {
    byte[] from = Keys.range(range);
    int tries = 0;
    while (tries < MOST_TRIES) {
      byte[] last = read(range, from);
      if (last.length == 0) {
        return;
      }
      tries = last == from ? tries + 1 : 0;
      if (!isNumbered(last) && last.length > 1) {
        return;
      }
      long number = last.length == 1 ? 0 : Keys.first(last);
      from = Keys.of(range, number + 1);
    }
  }

  /**
   * Reads on in a range.
   *
   * @return nothing at its end; at a damaged block the last key before it, or {@code from}
   */
  private byte[] read(byte range, byte[] from) {
    byte[] last = from;
    try (SstFileReaderIterator it = reader.newIterator(options)) {
      for (it.seek(from); it.isValid(); it.next()) {
        byte[] key = it.key();
        if (!Keys.in(range, key)) {
          return new byte[0];
        }
        scanned.put(key, it.value());
        last = key;
      }
      it.status();
      return new byte[0];
    } catch (RocksDBException e) {
      damage = "a part of it cannot be read (%s)".formatted(e.getMessage());
      return last;
    }
  }

  private static boolean isNumbered(byte[] key) {
    return !Keys.in(Keys.META, key)
        && !Keys.in(Keys.STREAM_BY_NAME, key)
        && key.length > Long.BYTES;
  }
}
