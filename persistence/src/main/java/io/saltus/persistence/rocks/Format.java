package io.saltus.persistence.rocks;

import io.saltus.persistence.home.HomeException;
import io.saltus.persistence.home.HomeException.Reason;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/** The version of the key layout, and the identity of a journal. */
final class Format {

  static final int VERSION = 1;

  private static final byte[] VERSION_KEY = Keys.meta("format");
  private static final byte[] IDENTITY_KEY = Keys.meta("journal");

  private Format() {}

  /**
   * Refuses what is not a journal or too new.
   *
   * @return whether there is nothing yet
   */
  static boolean check(JournalView view, Path directory) {
    return view.ask(
        (db, scan) -> {
          try (RocksIterator it = db.newIterator(scan)) {
            it.seek(VERSION_KEY);
            it.status();
            if (it.isValid() && Arrays.equals(it.key(), VERSION_KEY)) {
              refuseNewer(it.value(), directory);
              return false;
            }
            it.seekToFirst();
            it.status();
            if (it.isValid()) {
              throw new HomeException(
                  Reason.FOREIGN,
                  "this database is not a journal of Saltus: %s. Choose another home."
                      .formatted(directory));
            }
            return true;
          }
        });
  }

  /** The identity of a journal; empty while there is none. */
  static Optional<UUID> identity(JournalView view) {
    return view.ask(
        (db, scan) -> {
          try (RocksIterator it = db.newIterator(scan)) {
            it.seek(IDENTITY_KEY);
            it.status();
            return it.isValid() && Arrays.equals(it.key(), IDENTITY_KEY)
                ? Optional.of(
                    new UUID(Keys.number(it.value(), 0), Keys.number(it.value(), Long.BYTES)))
                : Optional.<UUID>empty();
          }
        });
  }

  /**
   * Takes format and identity over; what is lost of them is made anew.
   *
   * @param whole whether nothing is lost: else offsets have changed, and it is another journal
   */
  static void adopt(Findings found, boolean whole, WriteBatch batch, Path directory)
      throws RocksDBException {
    write(batch, UUID.randomUUID());
    found.get(VERSION_KEY).ifPresent(value -> refuseNewer(value, directory));
    Optional<byte[]> identity = found.get(IDENTITY_KEY);
    if (whole && identity.isPresent()) {
      batch.put(IDENTITY_KEY, identity.get());
    }
  }

  private static void refuseNewer(byte[] value, Path directory) {
    int version = value.length == Integer.BYTES ? ByteBuffer.wrap(value).getInt() : -1;
    if (version != VERSION) {
      throw new HomeException(
          Reason.NEWER_FORMAT,
          "the journal has format %d and this Saltus knows %d: %s. Use the newer Saltus that wrote it."
              .formatted(version, VERSION, directory));
    }
  }

  static void write(WriteBatch batch, UUID identity) throws RocksDBException {
    batch.put(VERSION_KEY, ByteBuffer.allocate(Integer.BYTES).putInt(VERSION).array());
    batch.put(
        IDENTITY_KEY,
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(identity.getMostSignificantBits())
            .putLong(identity.getLeastSignificantBits())
            .array());
  }
}
