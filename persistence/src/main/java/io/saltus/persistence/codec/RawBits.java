package io.saltus.persistence.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Arrays of numbers as their bits, little-endian, those of a NaN included. */
final class RawBits {

  private RawBits() {}

  static ByteString write(float[] values) {
    ByteBuffer buffer = allocate(values.length, Float.BYTES);
    buffer.asFloatBuffer().put(values);
    return UnsafeByteOperations.unsafeWrap(buffer);
  }

  static ByteString write(double[] values) {
    ByteBuffer buffer = allocate(values.length, Double.BYTES);
    buffer.asDoubleBuffer().put(values);
    return UnsafeByteOperations.unsafeWrap(buffer);
  }

  static ByteString write(long[] values) {
    ByteBuffer buffer = allocate(values.length, Long.BYTES);
    buffer.asLongBuffer().put(values);
    return UnsafeByteOperations.unsafeWrap(buffer);
  }

  static float[] floats(ByteString bytes) {
    float[] values = new float[bytes.size() / Float.BYTES];
    open(bytes).asFloatBuffer().get(values);
    return values;
  }

  static double[] doubles(ByteString bytes) {
    double[] values = new double[bytes.size() / Double.BYTES];
    open(bytes).asDoubleBuffer().get(values);
    return values;
  }

  static long[] longs(ByteString bytes) {
    long[] values = new long[bytes.size() / Long.BYTES];
    open(bytes).asLongBuffer().get(values);
    return values;
  }

  private static ByteBuffer allocate(int values, int bytesEach) {
    return ByteBuffer.allocate(Math.multiplyExact(values, bytesEach))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer open(ByteString bytes) {
    return bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }
}
