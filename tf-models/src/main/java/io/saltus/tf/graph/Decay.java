package io.saltus.tf.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Weight decay as the gradient of {@code wd/2·‖w‖²}. */
final class Decay {

  private Decay() {}

  /** The gradient with the decay; itself where there is none. */
  static Operand<TFloat32> added(
      Ops tf, double weightDecay, Operand<TFloat32> value, Operand<TFloat32> gradient) {
    return weightDecay == 0
        ? gradient
        : tf.math.add(gradient, tf.math.mul(value, tf.constant((float) weightDecay)));
  }
}
