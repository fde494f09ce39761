package io.saltus.tf.probe;

import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.session.MetricProvider;
import io.saltus.experiment.session.ProbeView;
import io.saltus.experiment.session.StepRecord;
import io.saltus.experiment.session.TensorValue;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.List;

/** By how much the right class's logit exceeds the greatest other, over the examples of a set. */
record MarginProbe(Statistic statistic, String set) implements MetricProvider {

  /** What becomes of the margins of the examples. */
  enum Statistic {
    /** Their mean. */
    MEAN("logit-margin"),
    /** The least of them. */
    LEAST("logit-margin-min");

    private final String kind;

    Statistic(String kind) {
      this.kind = kind;
    }

    String kind() {
      return kind;
    }
  }

  @Override
  public String name() {
    return statistic.kind();
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<MetricDescriptor> metrics() {
    return List.of(
        new MetricDescriptor(
            new MetricName(name() + "." + set),
            set,
            ColumnKind.F64,
            1,
            "nats",
            "every step",
            /* deterministic= */ false,
            /* afterUpdate= */ true));
  }

  @Override
  public void record(ProbeView view, StepRecord record) {
    double[] margins = margins(view.logits(set), view.labels(set));
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    for (double margin : margins) {
      sum += margin;
      least = Math.min(least, margin);
    }
    record.f64(
        0,
        switch (statistic) {
          case MEAN -> sum / margins.length;
          case LEAST -> least;
        });
  }

  /**
   * The margins of the examples.
   *
   * @param logits shape [examples, classes], at least two classes
   */
  static double[] margins(TensorValue logits, TensorValue labels) {
    int classes = Math.toIntExact(logits.shape().get(1));
    FloatBuffer values = logits.bytes().asFloatBuffer();
    IntBuffer right = labels.bytes().asIntBuffer();
    double[] margins = new double[right.remaining()];
    for (int example = 0; example < margins.length; example++) {
      double other = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < classes; c++) {
        if (c != right.get(example)) {
          other = Math.max(other, values.get(example * classes + c));
        }
      }
      margins[example] = values.get(example * classes + right.get(example)) - other;
    }
    return margins;
  }
}
