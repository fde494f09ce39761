package io.saltus.persistence.rocks;

import io.saltus.persistence.read.Bytes;
import io.saltus.persistence.read.SerializedValue;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads what {@link RecordWriter} laid out. */
final class RecordReader {

  private final ByteBuffer buffer;

  RecordReader(byte[] record) {
    buffer = ByteBuffer.wrap(record, 0, record.length - Checksum.BYTES);
  }

  int u8() {
    return Byte.toUnsignedInt(buffer.get());
  }

  int u16() {
    return Short.toUnsignedInt(buffer.getShort());
  }

  int i32() {
    return buffer.getInt();
  }

  long i64() {
    return buffer.getLong();
  }

  String string() {
    return new String(bytes(u16()), StandardCharsets.UTF_8);
  }

  SerializedValue value() {
    int serializerId = i32();
    String manifest = string();
    return new SerializedValue(serializerId, manifest, Bytes.wrap(bytes(i32())));
  }

  private byte[] bytes(int length) {
    if (length < 0 || length > buffer.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return bytes;
  }
}
