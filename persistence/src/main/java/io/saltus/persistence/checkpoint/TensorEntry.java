package io.saltus.persistence.checkpoint;

import io.saltus.experiment.session.TensorValue.Dtype;
import java.util.List;

/**
 * A tensor as a header describes it, whose size has been found to be that of its shape.
 *
 * @param begin of its bytes, counted from the end of the header
 * @param end the byte after its last
 */
record TensorEntry(String name, Dtype dtype, List<Long> shape, long begin, long end) {

  /** Of the largest array that every Java machine can make. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - 8;

  private static final int MOST_SHOWN = 80;

  TensorEntry {
    shape = List.copyOf(shape);
  }

  /** Checks what can be checked of one tensor alone. */
  static TensorEntry checked(String name, Dtype dtype, List<Long> shape, long begin, long end) {
    long size = sizeOf(name, dtype, shape);
    if (end < begin) {
      throw new SafeTensorsException(
          "tensor '%s' ends at byte %d, before it begins at %d".formatted(shown(name), end, begin));
    }
    if (end - begin != size) {
      throw new SafeTensorsException(
          "tensor '%s' has %d bytes, and %s%s takes %d"
              .formatted(shown(name), end - begin, dtype, shape, size));
    }
    if (size > MOST_BYTES) {
      throw new SafeTensorsException(
          "tensor '%s' has %d bytes; Saltus reads %d at most"
              .formatted(shown(name), size, MOST_BYTES));
    }
    return new TensorEntry(name, dtype, shape, begin, end);
  }

  private static long sizeOf(String name, Dtype dtype, List<Long> shape) {
    try {
      return shape.stream().reduce((long) dtype.bytes(), Math::multiplyExact);
    } catch (ArithmeticException e) {
      throw new SafeTensorsException(
          "tensor '%s': its shape %s has more bytes than can be counted"
              .formatted(shown(name), shape),
          e);
    }
  }

  /** Its name for a message. */
  String label() {
    return shown(name);
  }

  /** A foreign text for a message: of bounded length, and nothing that a terminal would obey. */
  static String shown(String text) {
    String cut = text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
    return cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}]", "?");
  }

  int size() {
    return Math.toIntExact(end - begin);
  }
}
