package io.saltus.persistence.read;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Immutable bytes, equal by content. */
public final class Bytes {

  /** No bytes at all. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] array;

  private Bytes(byte[] array) {
    this.array = array;
  }

  /**
   * Takes the array over without copying it; the caller must not change it any more.
   *
   * @param array the bytes
   * @return the same bytes, immutable
   */
  public static Bytes wrap(byte[] array) {
    return array.length == 0 ? EMPTY : new Bytes(array);
  }

  /** Returns the number of bytes. */
  public int size() {
    return array.length;
  }

  /** Returns a fresh array with these bytes. */
  public byte[] toArray() {
    return array.clone();
  }

  /** Returns a read-only view of these bytes, without copying. */
  public ByteBuffer asByteBuffer() {
    return ByteBuffer.wrap(array).asReadOnlyBuffer();
  }

  /** Returns a stream over these bytes, without copying. */
  public InputStream newInputStream() {
    return new ByteArrayInputStream(array);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Bytes that && Arrays.equals(array, that.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  @Override
  public String toString() {
    return array.length + " bytes";
  }
}
