package io.saltus.tf.session;

import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.spec.Cadence;
import io.saltus.experiment.spec.Evaluation;
import io.saltus.tf.graph.TrainingGraph;
import java.util.ArrayList;
import java.util.List;

/** The catalogue of a classifier in training: the metrics of a step, then two per set. */
final class Metrics {

  private static final String NATS = "nats";
  private static final String TRAIN = "train";
  private static final String EVERY_STEP = "every step";

  private Metrics() {}

  /**
   * The catalogue.
   *
   * @param sets names of the evaluation sets, in byte order
   */
  static Catalogue catalogue(Evaluation evaluation, Iterable<String> sets) {
    List<MetricDescriptor> metrics = new ArrayList<>();
    for (TrainingGraph.StepMetric metric : TrainingGraph.STEP_METRICS) {
      metrics.add(
          switch (metric) {
            case LOSS -> ofStep(MetricName.lossOf(TRAIN), TRAIN, NATS);
            case ACCURACY -> ofStep(MetricName.accuracyOf(TRAIN), TRAIN, "");
            case WEIGHT_NORM -> ofStep(new MetricName("weight-norm"), "", "");
            case GRADIENT_NORM -> ofStep(new MetricName("gradient-norm"), TRAIN, "");
            case LEARNING_RATE -> ofStep(new MetricName("learning-rate"), "", "");
          });
    }
    for (String set : sets) {
      String cadence = words(evaluation.cadenceOf(set));
      metrics.add(ofSet(MetricName.lossOf(set), set, NATS, cadence));
      metrics.add(ofSet(MetricName.accuracyOf(set), set, "", cadence));
    }
    return new Catalogue(metrics);
  }

  private static MetricDescriptor ofStep(MetricName name, String split, String unit) {
    return new MetricDescriptor(
        name, split, ColumnKind.F32, 1, unit, EVERY_STEP, true, /* afterUpdate= */ false);
  }

  private static MetricDescriptor ofSet(MetricName name, String set, String unit, String cadence) {
    return new MetricDescriptor(
        name, set, ColumnKind.F32, 1, unit, cadence, true, /* afterUpdate= */ true);
  }

  private static String words(Cadence cadence) {
    if (cadence instanceof Cadence.Every every) {
      return every.steps() == 1 ? EVERY_STEP : "every " + every.steps() + " steps";
    }
    return cadence.text();
  }
}
