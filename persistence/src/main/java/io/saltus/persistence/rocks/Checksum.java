package io.saltus.persistence.rocks;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The checksum at the end of a record: CRC-32C over the record's key and all its bytes before the
 * checksum. With the key in it, a sound record under a wrong key is damage too.
 */
final class Checksum {

  static final int BYTES = Integer.BYTES;

  private Checksum() {}

  static void seal(byte[] key, byte[] record) {
    ByteBuffer.wrap(record).putInt(record.length - BYTES, of(key, record));
  }

  static boolean matches(byte[] key, byte[] record) {
    return record.length >= BYTES
        && ByteBuffer.wrap(record).getInt(record.length - BYTES) == of(key, record);
  }

  private static int of(byte[] key, byte[] record) {
    CRC32C crc = new CRC32C();
    crc.update(key);
    crc.update(record, 0, record.length - BYTES);
    return (int) crc.getValue();
  }
}
