package io.saltus.tf.program;

import io.saltus.experiment.spec.Component;
import io.saltus.experiment.spec.ComponentSchema;
import io.saltus.experiment.spec.SpecProblem;
import io.saltus.tf.graph.Adam;
import io.saltus.tf.graph.AdamW;
import io.saltus.tf.graph.LearningRate;
import io.saltus.tf.graph.Optimizer;
import java.util.List;

/**
 * The optimisers {@code adam} and {@code adamw}, which take the same parameters.
 *
 * @param schema of the kind
 * @param maker of the optimiser
 */
record AdamOptimizer(ComponentSchema schema, Maker maker) implements OptimizerKind {

  static final AdamOptimizer ADAM =
      new AdamOptimizer(OptimizerParameters.adam("adam", 0), Adam::new);
  static final AdamOptimizer ADAM_W =
      new AdamOptimizer(OptimizerParameters.adam("adamw", 0.01), AdamW::new);

  /** The constructor of either. */
  interface Maker {
    Optimizer make(
        LearningRate rate,
        double weightDecay,
        double beta1,
        double beta2,
        double epsilon,
        double clipNorm);
  }

  @Override
  public List<SpecProblem> check(Component optimizer) {
    return RateParameters.check(schema.complete(optimizer));
  }

  @Override
  public Optimizer of(Component optimizer) {
    Component complete = schema.complete(optimizer);
    return maker.make(
        RateParameters.of(complete),
        complete.real(OptimizerParameters.WEIGHT_DECAY),
        complete.real(OptimizerParameters.BETA_1),
        complete.real(OptimizerParameters.BETA_2),
        complete.real(OptimizerParameters.EPSILON),
        complete.real(OptimizerParameters.CLIP_NORM));
  }
}
