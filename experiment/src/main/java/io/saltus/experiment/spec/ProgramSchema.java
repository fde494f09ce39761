package io.saltus.experiment.spec;

import io.saltus.experiment.metric.MetricName;
import java.util.ArrayList;
import java.util.List;

/**
 * What a program says about the specs it can run: its kinds, what they accept, and what cannot be
 * said by a schema. Cheap to ask; loads no native library.
 */
public interface ProgramSchema {

  /** The kinds of task it knows. */
  List<ComponentSchema> tasks();

  /** The kinds of model it knows. */
  List<ComponentSchema> models();

  /** The kinds of optimiser it knows. */
  List<ComponentSchema> optimizers();

  /** Whether it can run this combination of kinds. */
  boolean supports(ExperimentSpec spec);

  /**
   * What is wrong with a spec beyond what its schemas can say, such as a division modulo a number
   * that is not prime. Called only with specs whose kinds it {@link #supports} and whose parameters
   * fit their schemas.
   */
  List<SpecProblem> check(ExperimentSpec spec);

  /** The named evaluation sets of a spec, in byte order, such as {@code train-set, validation}. */
  List<String> evaluationSets(ExperimentSpec spec);

  /**
   * The deterministic scalars a run of this spec records: what {@code until} may refer to. Unless a
   * program says otherwise, those of supervised training with one loss and one accuracy.
   */
  default List<MetricName> metrics(ExperimentSpec spec) {
    List<MetricName> metrics = new ArrayList<>();
    metrics.add(MetricName.lossOf("train"));
    metrics.add(MetricName.accuracyOf("train"));
    for (String set : evaluationSets(spec)) {
      metrics.add(MetricName.lossOf(set));
      metrics.add(MetricName.accuracyOf(set));
    }
    metrics.add(new MetricName("weight-norm"));
    metrics.add(new MetricName("gradient-norm"));
    metrics.add(new MetricName("learning-rate"));
    return metrics;
  }
}
