package io.saltus.tf.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** An activation function. */
public enum Activation {
  /** x². */
  SQUARE,
  /** max(x, 0). */
  RELU;

  Operand<TFloat32> of(Ops tf, Operand<TFloat32> x) {
    return switch (this) {
      // Not math.square: its gradient has crashed the JVM.
      case SQUARE -> tf.math.mul(x, x);
      case RELU -> tf.nn.relu(x);
    };
  }
}
