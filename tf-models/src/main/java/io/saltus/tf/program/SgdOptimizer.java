package io.saltus.tf.program;

import io.saltus.experiment.spec.Component;
import io.saltus.experiment.spec.ComponentSchema;
import io.saltus.experiment.spec.Parameter;
import io.saltus.experiment.spec.SpecProblem;
import io.saltus.tf.graph.Optimizer;
import io.saltus.tf.graph.Sgd;
import java.util.ArrayList;
import java.util.List;

/** The optimiser {@code sgd}. */
final class SgdOptimizer implements OptimizerKind {

  private static final String MOMENTUM = "momentum";
  private static final String NESTEROV = "nesterov";

  static final ComponentSchema SCHEMA =
      OptimizerParameters.schema(
          "sgd",
          1e-2,
          List.of(
              Parameter.notNegative(OptimizerParameters.WEIGHT_DECAY, OptimizerParameters.MOST, 0),
              Parameter.decay(MOMENTUM, 0),
              Parameter.yesNo(NESTEROV, false)));

  @Override
  public ComponentSchema schema() {
    return SCHEMA;
  }

  @Override
  public List<SpecProblem> check(Component optimizer) {
    Component complete = SCHEMA.complete(optimizer);
    List<SpecProblem> problems = new ArrayList<>(RateParameters.check(complete));
    if (complete.flag(NESTEROV) && complete.real(MOMENTUM) == 0) {
      problems.add(
          new SpecProblem(
              "optimizer." + NESTEROV,
              "needs a momentum above 0; without one no step looks ahead"));
    }
    return problems;
  }

  @Override
  public Optimizer of(Component optimizer) {
    Component complete = SCHEMA.complete(optimizer);
    return new Sgd(
        RateParameters.of(complete),
        complete.real(OptimizerParameters.WEIGHT_DECAY),
        complete.real(MOMENTUM),
        complete.flag(NESTEROV),
        complete.real(OptimizerParameters.CLIP_NORM));
  }
}
