package io.saltus.tf.program;

import io.saltus.experiment.spec.ComponentSchema;
import io.saltus.experiment.spec.Parameter;
import java.util.ArrayList;
import java.util.List;

/** The parameters that several optimisers have. */
final class OptimizerParameters {

  static final double MOST = 1e6;

  static final String WEIGHT_DECAY = "weight-decay";
  static final String BETA_1 = "beta1";
  static final String BETA_2 = "beta2";
  static final String EPSILON = "epsilon";
  static final String CLIP_NORM = "clip-norm";

  private OptimizerParameters() {}

  /** A kind with the learning rate first, then its own parameters, then what all kinds have. */
  static ComponentSchema schema(String kind, double learningRate, List<Parameter> own) {
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(RateParameters.initial(learningRate));
    parameters.addAll(own);
    parameters.add(RateParameters.WARM_UP);
    parameters.add(Parameter.notNegative(CLIP_NORM, MOST, 0));
    parameters.addAll(RateParameters.SCHEDULE);
    return new ComponentSchema(kind, parameters);
  }

  /** A kind of Adam. */
  static ComponentSchema adam(String kind, double weightDecay) {
    return schema(
        kind,
        1e-3,
        List.of(
            Parameter.notNegative(WEIGHT_DECAY, MOST, weightDecay),
            Parameter.decay(BETA_1, 0.9),
            Parameter.decay(BETA_2, 0.999),
            Parameter.positive(EPSILON, 1, 1e-8)));
  }
}
