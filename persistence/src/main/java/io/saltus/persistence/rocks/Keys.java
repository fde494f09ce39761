package io.saltus.persistence.rocks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The key ranges of the journal, each behind a first byte of its own. Numbers are big endian, so
 * that byte order is numeric order. They all lie in one column family, so that one iterator sees
 * one cut through all of them. {@code docs/formats/journal.md} describes them for other readers.
 */
final class Keys {

  /** {@code m name → value}: what the journal is. */
  static final byte META = 'm';

  /** {@code w incarnation → time}: each time a writer opened the journal. */
  static final byte WRITER = 'w';

  /** {@code p persistence id → stream number}. */
  static final byte STREAM_BY_NAME = 'p';

  /** {@code i stream number → persistence id}. */
  static final byte STREAM = 'i';

  /** {@code e stream number, sequence number → event}. */
  static final byte EVENT = 'e';

  /** {@code o offset → stream number, sequence number}. */
  static final byte OFFSET = 'o';

  /** {@code d offset → nothing}: everything up to this offset is on disk. */
  static final byte DURABLE = 'd';

  /** {@code x stream number, sequence number → nothing}: deleted up to here. */
  static final byte DELETED = 'x';

  /** {@code s stream number, sequence number, version → snapshot}. */
  static final byte SNAPSHOT = 's';

  private static final int TWO_NUMBERS = 1 + 2 * Long.BYTES;

  private Keys() {}

  static byte[] meta(String name) {
    return named(META, name);
  }

  static byte[] streamByName(String persistenceId) {
    return named(STREAM_BY_NAME, persistenceId);
  }

  static byte[] of(byte range, long number) {
    return ByteBuffer.allocate(1 + Long.BYTES).put(range).putLong(number).array();
  }

  static byte[] of(byte range, long stream, long sequence) {
    return ByteBuffer.allocate(TWO_NUMBERS).put(range).putLong(stream).putLong(sequence).array();
  }

  static byte[] snapshot(long stream, long sequence, long version) {
    return ByteBuffer.allocate(TWO_NUMBERS + Long.BYTES)
        .put(SNAPSHOT)
        .putLong(stream)
        .putLong(sequence)
        .putLong(version)
        .array();
  }

  static byte[] range(byte range) {
    return new byte[] {range};
  }

  /** The number at a position of a key or of a value that consists of numbers. */
  static long number(byte[] bytes, int position) {
    return ByteBuffer.wrap(bytes).getLong(position);
  }

  /** A value that is a number. */
  static byte[] number(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  static long first(byte[] key) {
    return number(key, 1);
  }

  static long second(byte[] key) {
    return number(key, 1 + Long.BYTES);
  }

  static long third(byte[] key) {
    return number(key, TWO_NUMBERS);
  }

  static boolean in(byte range, byte[] key) {
    return key.length > 0 && key[0] == range;
  }

  /** Whether a key of numbers belongs to a range and its first number is the one given. */
  static boolean in(byte range, long first, byte[] key) {
    return in(range, key) && key.length >= 1 + Long.BYTES && first(key) == first;
  }

  static String name(byte[] key) {
    return new String(key, 1, key.length - 1, StandardCharsets.UTF_8);
  }

  static byte[] utf8(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] named(byte range, String name) {
    byte[] utf8 = utf8(name);
    return ByteBuffer.allocate(1 + utf8.length).put(range).put(utf8).array();
  }
}
