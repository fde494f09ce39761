package io.saltus.persistence.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Reads event files from their description alone: no class of ours, no generated one, no protocol
 * buffer library.
 */
final class IndependentReader {

  /** A number of a protocol buffer message and what stands for it there. */
  record Field(int number, int type, long value, byte[] bytes) {
    float asFloat() {
      return Float.intBitsToFloat((int) value);
    }

    double asDouble() {
      return Double.longBitsToDouble(value);
    }

    String asText() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private IndependentReader() {}

  /** The records of a file; fails at a wrong length or checksum. */
  static List<byte[]> records(byte[] file) {
    List<byte[]> records = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      byte[] header = new byte[8];
      in.get(header);
      check(header, in.getInt());
      byte[] record = new byte[(int) ByteBuffer.wrap(header).order(in.order()).getLong()];
      in.get(record);
      check(record, in.getInt());
      records.add(record);
    }
    return records;
  }

  private static void check(byte[] bytes, int masked) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    long value = crc.getValue();
    long expected = (((value >>> 15) | (value << 17)) + 0xa282ead8L) & 0xffffffffL;
    if ((masked & 0xffffffffL) != expected) {
      throw new AssertionError("checksum");
    }
  }

  static List<Field> fields(byte[] message) {
    List<Field> fields = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      long key = varint(in);
      int number = (int) (key >>> 3);
      int type = (int) (key & 7);
      switch (type) {
        case 0 -> fields.add(new Field(number, type, varint(in), new byte[0]));
        case 1 -> fields.add(new Field(number, type, in.getLong(), new byte[0]));
        case 5 -> fields.add(new Field(number, type, in.getInt(), new byte[0]));
        case 2 -> {
          byte[] bytes = new byte[(int) varint(in)];
          in.get(bytes);
          fields.add(new Field(number, type, 0, bytes));
        }
        default -> throw new AssertionError("wire type " + type);
      }
    }
    return fields;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  /** The fields of a number. */
  static List<Field> of(List<Field> fields, int number) {
    return fields.stream().filter(field -> field.number() == number).toList();
  }
}
