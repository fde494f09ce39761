package io.saltus.tf.program;

import io.saltus.experiment.spec.Component;
import io.saltus.experiment.spec.ComponentSchema;
import io.saltus.experiment.spec.Parameter;
import io.saltus.tf.graph.Activation;
import io.saltus.tf.graph.Network;
import java.util.List;

/** The model {@code mlp}: one hidden layer. */
final class Mlp {

  private static final String WIDTH = "width";
  private static final String ACTIVATION = "activation";
  private static final String RELU = "relu";
  private static final String SQUARE = "square";

  static final ComponentSchema SCHEMA =
      new ComponentSchema(
          "mlp",
          List.of(
              Parameter.whole(WIDTH, 1, 16_384, 128), Parameter.oneOf(ACTIVATION, RELU, SQUARE)));

  private Mlp() {}

  static int width(Component model) {
    return model.integer(WIDTH);
  }

  /** How many numbers a network trains. */
  static long parameters(Network network) {
    return network.weights().stream().mapToLong(weight -> weight.shape().size()).sum();
  }

  static Activation activation(Component model) {
    return model.text(ACTIVATION).equals(SQUARE) ? Activation.SQUARE : Activation.RELU;
  }
}
