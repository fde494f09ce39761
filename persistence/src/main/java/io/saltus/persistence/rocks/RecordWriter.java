package io.saltus.persistence.rocks;

import io.saltus.persistence.read.SerializedValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Lays out records: big endian, strings as unsigned 16-bit length and UTF-8. */
final class RecordWriter {

  private static final int LONGEST_STRING = 0xffff;

  private static final int USUAL_SIZE = 256;

  private ByteBuffer buffer = ByteBuffer.allocate(USUAL_SIZE);

  RecordWriter u8(int value) {
    room(1).put((byte) value);
    return this;
  }

  RecordWriter u16(int value) {
    room(Short.BYTES).putShort((short) value);
    return this;
  }

  RecordWriter i32(int value) {
    room(Integer.BYTES).putInt(value);
    return this;
  }

  RecordWriter i64(long value) {
    room(Long.BYTES).putLong(value);
    return this;
  }

  RecordWriter string(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > LONGEST_STRING) {
      throw new IllegalArgumentException(
          "a name or manifest of %d bytes, more than %d: %s…"
              .formatted(utf8.length, LONGEST_STRING, value.substring(0, 40)));
    }
    room(Short.BYTES + utf8.length).putShort((short) utf8.length).put(utf8);
    return this;
  }

  RecordWriter value(SerializedValue value) {
    i32(value.serializerId()).string(value.manifest()).i32(value.bytes().size());
    room(value.bytes().size()).put(value.bytes().asByteBuffer());
    return this;
  }

  /** Ends the record with a value and room for its checksum; the value's bytes are copied once. */
  byte[] finish(SerializedValue value) {
    int size = value.bytes().size();
    i32(value.serializerId()).string(value.manifest()).i32(size);
    byte[] record = Arrays.copyOf(buffer.array(), buffer.position() + size + Checksum.BYTES);
    value.bytes().asByteBuffer().get(record, buffer.position(), size);
    return record;
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      int size = Math.max(2 * buffer.capacity(), Math.addExact(buffer.position(), bytes));
      buffer = ByteBuffer.allocate(size).put(buffer.flip());
    }
    return buffer;
  }
}
