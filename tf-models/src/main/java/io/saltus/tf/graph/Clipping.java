package io.saltus.tf.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Clipping of the gradient by the norm of all of it. */
final class Clipping {

  private Clipping() {}

  /**
   * The gradients times {@code c/max(‖g‖, c)}: a factor that is 1 exactly where nothing is to be
   * clipped, so that such a step keeps its bits. Without clipping the gradients themselves, and no
   * operation.
   *
   * <p>Source: R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent neural
   * networks", arXiv 1211.5063, algorithm 1.
   *
   * @param norm of all gradients together
   * @param most c; 0 for any
   */
  static List<Operand<TFloat32>> clipped(
      Ops tf, List<Operand<TFloat32>> gradients, Operand<TFloat32> norm, double most) {
    if (most == 0) {
      return gradients;
    }
    Operand<TFloat32> limit = tf.constant((float) most);
    Operand<TFloat32> factor = tf.math.div(limit, tf.math.maximum(norm, limit));
    return gradients.stream()
        .<Operand<TFloat32>>map(gradient -> tf.math.mul(gradient, factor))
        .toList();
  }
}
