package io.saltus.analysis.jump;

import io.saltus.experiment.metric.MetricName;

/** What values a metric can have, and on which scale its changes count. */
public enum MetricKind {
  /** A share in [0, 1], more is better. */
  ACCURACY,
  /** From 0, less is better; counts in decades, everything below 10⁻⁶ as 10⁻⁶. */
  LOSS,
  /** Anything; counts as it is. */
  OTHER;

  static final double LEAST_LOSS = 1e-6;

  /** That of a metric, by its name. */
  public static MetricKind of(MetricName name) {
    if (name.isAccuracy()) {
      return ACCURACY;
    }
    return name.isLoss() ? LOSS : OTHER;
  }

  /** The value on the scale on which changes count; the same bits on every machine. */
  public double scaled(double value) {
    return this == LOSS ? StrictMath.log10(Math.max(LEAST_LOSS, value)) : value;
  }

  /** The value that the metric has there. */
  double unscaled(double scaled) {
    return this == LOSS ? Math.pow(10, scaled) : scaled;
  }

  double least() {
    return switch (this) {
      case ACCURACY -> 0;
      case LOSS -> Math.log10(LEAST_LOSS);
      case OTHER -> Double.NEGATIVE_INFINITY;
    };
  }

  double greatest() {
    return this == ACCURACY ? 1 : Double.POSITIVE_INFINITY;
  }

  /** Whether a change by so much is one for the better. */
  boolean improves(double delta) {
    return this == ACCURACY ? delta > 0 : this == LOSS && delta < 0;
  }
}
