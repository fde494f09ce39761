package io.saltus.tf.program;

import io.saltus.experiment.spec.Component;
import io.saltus.experiment.spec.ComponentSchema;
import io.saltus.experiment.spec.Parameter;
import io.saltus.tf.graph.AdamW;
import java.util.List;

/** The optimiser {@code adamw}. */
final class AdamWOptimizer {

  private static final String LEARNING_RATE = "learning-rate";
  private static final String WEIGHT_DECAY = "weight-decay";
  private static final String BETA_1 = "beta1";
  private static final String BETA_2 = "beta2";
  private static final String EPSILON = "epsilon";
  private static final String WARM_UP_STEPS = "warm-up-steps";

  static final ComponentSchema SCHEMA =
      new ComponentSchema(
          "adamw",
          List.of(
              Parameter.positive(LEARNING_RATE, 1e6, 1e-3),
              Parameter.notNegative(WEIGHT_DECAY, 1e6, 0.01),
              Parameter.decay(BETA_1, 0.9),
              Parameter.decay(BETA_2, 0.999),
              Parameter.positive(EPSILON, 1, 1e-8),
              Parameter.whole(WARM_UP_STEPS, 0, 1_000_000_000, 0)));

  private AdamWOptimizer() {}

  static AdamW of(Component optimizer) {
    return new AdamW(
        optimizer.real(LEARNING_RATE),
        optimizer.real(WEIGHT_DECAY),
        optimizer.real(BETA_1),
        optimizer.real(BETA_2),
        optimizer.real(EPSILON),
        optimizer.whole(WARM_UP_STEPS));
  }
}
