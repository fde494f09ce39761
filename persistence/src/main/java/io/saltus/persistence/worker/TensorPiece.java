package io.saltus.persistence.worker;

import io.saltus.experiment.session.TensorValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive bytes of one tensor, so that a state of any size travels in small frames.
 *
 * @param offset place of the first byte in the tensor, at least 0
 * @param bytes read-only; at most {@link #MAX_BYTES}
 */
public record TensorPiece(
    String name, TensorValue.Dtype dtype, List<Long> shape, long offset, ByteBuffer bytes)
    implements WorkerMessage {

  /** The size of a piece at most. */
  public static final int MAX_BYTES = 4 << 20;

  /**
   * @throws IllegalArgumentException when the piece is too large or does not lie in the tensor
   */
  public TensorPiece {
    shape = List.copyOf(shape);
    bytes = bytes.asReadOnlyBuffer();
    if (bytes.remaining() > MAX_BYTES) {
      throw new IllegalArgumentException(
          name + ": a piece of " + bytes.remaining() + " bytes; at most " + MAX_BYTES);
    }
    long size = size(name, dtype, shape);
    if (offset < 0 || offset > size - bytes.remaining()) {
      throw new IllegalArgumentException(
          name + ": a piece from " + offset + " does not lie in " + size + " bytes");
    }
  }

  /** A tensor cut into pieces, in order; at least one. */
  public static List<TensorPiece> of(TensorValue tensor) {
    ByteBuffer all = tensor.bytes();
    List<TensorPiece> pieces = new ArrayList<>(all.remaining() / MAX_BYTES + 1);
    int offset = 0;
    do {
      int length = Math.min(MAX_BYTES, all.remaining() - offset);
      pieces.add(
          new TensorPiece(
              tensor.name(), tensor.dtype(), tensor.shape(), offset, all.slice(offset, length)));
      offset += length;
    } while (offset < all.remaining());
    return pieces;
  }

  /** The size of the whole tensor in bytes, from 0 to what an array can hold. */
  int size() {
    return size(name, dtype, shape);
  }

  private static int size(String name, TensorValue.Dtype dtype, List<Long> shape) {
    long size = dtype.bytes();
    try {
      for (long dimension : shape) {
        if (dimension < 0) {
          throw new IllegalArgumentException(name + " has the negative dimension " + dimension);
        }
        size = Math.multiplyExact(size, dimension);
      }
      return Math.toIntExact(size);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(name + " is too large: " + dtype + shape, e);
    }
  }
}
