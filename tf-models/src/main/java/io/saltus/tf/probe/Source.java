package io.saltus.tf.probe;

import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.session.ProbeView;
import io.saltus.experiment.session.TensorValue;
import java.util.Optional;
import java.util.Set;

/** Which tensor of a variable is measured. */
enum Source {
  /** The weights after the update. */
  WEIGHT("weight", ""),
  /** The gradient of the batch, with the weights before the update; none at step 0. */
  GRADIENT("gradient", "train");

  private final String text;
  private final String split;

  Source(String text, String split) {
    this.text = text;
    this.split = split;
  }

  String text() {
    return text;
  }

  Set<String> gradients(String variable) {
    return this == GRADIENT ? Set.of(variable) : Set.of();
  }

  Optional<TensorValue> of(ProbeView view, String variable) {
    return switch (this) {
      case WEIGHT -> Optional.of(view.read(variable));
      case GRADIENT -> view.step() == 0 ? Optional.empty() : Optional.of(view.gradient(variable));
    };
  }

  MetricDescriptor descriptor(String metric, ColumnKind kind, int width) {
    return new MetricDescriptor(
        new MetricName(metric),
        split,
        kind,
        width,
        "",
        "every step",
        /* deterministic= */ false,
        /* afterUpdate= */ this == WEIGHT);
  }
}
