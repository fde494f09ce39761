package io.saltus.tf.data;

/** What a model sees of the examples, row by row. Arrays are not copied and not written to. */
public sealed interface Inputs {

  /** How many examples. */
  int size();

  /**
   * Two numbers from 0 to modulus - 1 per example.
   *
   * @param left first operand of each example
   * @param right second operand of each example
   * @param modulus above all of them
   */
  record Pairs(int[] left, int[] right, int modulus) implements Inputs {
    @Override
    public int size() {
      return left.length;
    }
  }

  /**
   * A fixed number of bytes per example, such as the pixels of an image.
   *
   * @param bytes row after row
   * @param width bytes per example
   */
  record Rows(byte[] bytes, int width) implements Inputs {
    @Override
    public int size() {
      return bytes.length / width;
    }
  }
}
