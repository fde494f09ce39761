package io.saltus.tf.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Integers as the bytes of a tensor. */
final class LittleEndian {

  private LittleEndian() {}

  /** All of them. */
  static byte[] bytes(int[] values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Integer.BYTES)];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(values);
    return bytes;
  }

  /** Those at {@code indices}. */
  static byte[] bytesAt(int[] values, int[] indices) {
    int[] chosen = new int[indices.length];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = values[indices[i]];
    }
    return bytes(chosen);
  }
}
