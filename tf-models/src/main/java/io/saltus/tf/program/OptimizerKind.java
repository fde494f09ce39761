package io.saltus.tf.program;

import io.saltus.experiment.spec.Component;
import io.saltus.experiment.spec.ComponentSchema;
import io.saltus.experiment.spec.SpecProblem;
import io.saltus.tf.graph.Optimizer;
import java.util.List;

/** A kind of optimiser. */
interface OptimizerKind {

  ComponentSchema schema();

  /** What is wrong beyond the schema. */
  List<SpecProblem> check(Component optimizer);

  /**
   * The optimiser.
   *
   * @param optimizer fits the schema; what an earlier version did not record is at its default
   */
  Optimizer of(Component optimizer);
}
