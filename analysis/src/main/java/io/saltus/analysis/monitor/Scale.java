package io.saltus.analysis.monitor;

import io.saltus.analysis.jump.MetricKind;
import io.saltus.experiment.metric.MetricName;
import java.util.Optional;

/** On which scale the changes of a metric count: an accuracy as it is, a loss in decades. */
enum Scale {
  ACCURACY(MetricKind.ACCURACY),
  LOSS(MetricKind.LOSS);

  private static final double LEAST_LOSS = 1e-6;

  private final MetricKind kind;

  Scale(MetricKind kind) {
    this.kind = kind;
  }

  /** That of a metric, by its name; empty when it is neither an accuracy nor a loss. */
  static Optional<Scale> of(MetricName metric) {
    if (metric.isAccuracy()) {
      return Optional.of(ACCURACY);
    }
    return metric.value().equals("loss") || metric.value().endsWith(".loss")
        ? Optional.of(LOSS)
        : Optional.empty();
  }

  MetricKind kind() {
    return kind;
  }

  /** The value there; the same bits on every machine. */
  double of(double value) {
    return this == LOSS ? StrictMath.log10(Math.max(LEAST_LOSS, value)) : value;
  }
}
