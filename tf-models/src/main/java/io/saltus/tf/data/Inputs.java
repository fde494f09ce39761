package io.saltus.tf.data;

import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.session.TensorValue.Dtype;
import java.security.MessageDigest;
import java.util.List;

/** What a model sees of the examples, row by row. Arrays are not copied and not written to. */
public sealed interface Inputs {

  /** How many examples. */
  int size();

  /** What they are, in words and numbers that no other inputs of this size have. */
  String form();

  /** Feeds all of their content to a digest. */
  void feed(MessageDigest digest);

  /** Those at {@code indices} as tensors, their first dimension the number of indices. */
  List<TensorValue> at(int[] indices);

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

    @Override
    public String form() {
      return "pairs modulo " + modulus;
    }

    @Override
    public void feed(MessageDigest digest) {
      digest.update(LittleEndian.bytes(left));
      digest.update(LittleEndian.bytes(right));
    }

    @Override
    public List<TensorValue> at(int[] indices) {
      List<Long> shape = List.of((long) indices.length);
      return List.of(
          new TensorValue("left", Dtype.I32, shape, LittleEndian.bytesAt(left, indices)),
          new TensorValue("right", Dtype.I32, shape, LittleEndian.bytesAt(right, indices)));
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

    @Override
    public String form() {
      return "rows of " + width;
    }

    @Override
    public void feed(MessageDigest digest) {
      digest.update(bytes);
    }

    @Override
    public List<TensorValue> at(int[] indices) {
      byte[] chosen = new byte[Math.multiplyExact(indices.length, width)];
      for (int i = 0; i < indices.length; i++) {
        System.arraycopy(bytes, indices[i] * width, chosen, i * width, width);
      }
      return List.of(
          new TensorValue("rows", Dtype.U8, List.of((long) indices.length, (long) width), chosen));
    }
  }
}
