package io.saltus.experiment.session;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** A named tensor as bytes: little-endian, row-major, bit for bit. Immutable. */
public final class TensorValue {

  /** Element types. */
  public enum Dtype {
    /** IEEE single. */
    F32(4),
    /** IEEE double. */
    F64(8),
    /** Signed 32-bit integer. */
    I32(4),
    /** Signed 64-bit integer. */
    I64(8),
    /** Unsigned byte. */
    U8(1);

    private final int bytes;

    Dtype(int bytes) {
      this.bytes = bytes;
    }

    /** The size of one element. */
    public int bytes() {
      return bytes;
    }
  }

  private final String name;
  private final Dtype dtype;
  private final List<Long> shape;
  private final byte[] bytes;

  /**
   * @param bytes copied
   * @throws IllegalArgumentException when a dimension is negative or the size of {@code bytes} is
   *     not that of the shape
   */
  public TensorValue(String name, Dtype dtype, List<Long> shape, byte[] bytes) {
    this(bytes.clone(), name, dtype, shape);
  }

  private TensorValue(byte[] own, String name, Dtype dtype, List<Long> shape) {
    long elements = shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
    if (shape.stream().anyMatch(size -> size < 0)
        || own.length != Math.multiplyExact(elements, (long) dtype.bytes())) {
      throw new IllegalArgumentException(name + ": " + own.length + " bytes for " + dtype + shape);
    }
    this.name = name;
    this.dtype = dtype;
    this.shape = List.copyOf(shape);
    this.bytes = own;
  }

  /**
   * Reads a tensor's bytes from a stream, without holding them twice.
   *
   * @param size how many bytes to read
   * @throws EOFException when the stream ends before
   * @throws IOException when the stream cannot be read
   * @throws IllegalArgumentException when a dimension is negative or {@code size} is not that of
   *     the shape
   */
  public static TensorValue read(
      String name, Dtype dtype, List<Long> shape, int size, InputStream in) throws IOException {
    byte[] bytes = new byte[size];
    if (in.readNBytes(bytes, 0, size) < size) {
      throw new EOFException(name + ": the stream ends before its " + size + " bytes");
    }
    return new TensorValue(bytes, name, dtype, shape);
  }

  /** Its name in the session. */
  public String name() {
    return name;
  }

  /** Its element type. */
  public Dtype dtype() {
    return dtype;
  }

  /** Its shape; empty for a scalar. */
  public List<Long> shape() {
    return shape;
  }

  /** A read-only, little-endian view of its bytes. */
  public ByteBuffer bytes() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TensorValue that
        && name.equals(that.name)
        && dtype == that.dtype
        && shape.equals(that.shape)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return name + " " + dtype + shape;
  }
}
