package io.saltus.tf.program;

import io.saltus.experiment.spec.Component;
import io.saltus.experiment.spec.ComponentSchema;
import io.saltus.experiment.spec.SpecProblem;
import io.saltus.tf.graph.Adam;
import io.saltus.tf.graph.Optimizer;
import java.util.List;

/** The optimiser {@code adam}. */
final class AdamOptimizer implements OptimizerKind {

  static final ComponentSchema SCHEMA = OptimizerParameters.adam("adam", 0);

  @Override
  public ComponentSchema schema() {
    return SCHEMA;
  }

  @Override
  public List<SpecProblem> check(Component optimizer) {
    return RateParameters.check(SCHEMA.complete(optimizer));
  }

  @Override
  public Optimizer of(Component optimizer) {
    Component complete = SCHEMA.complete(optimizer);
    return new Adam(
        RateParameters.of(complete),
        complete.real(OptimizerParameters.WEIGHT_DECAY),
        complete.real(OptimizerParameters.BETA_1),
        complete.real(OptimizerParameters.BETA_2),
        complete.real(OptimizerParameters.EPSILON),
        complete.real(OptimizerParameters.CLIP_NORM));
  }
}
