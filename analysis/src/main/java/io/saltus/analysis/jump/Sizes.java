package io.saltus.analysis.jump;

import java.util.Arrays;

/** The range of a metric around a place, against which changes are large or not. */
final class Sizes {

  private static final double DECADES_BEFORE = 2;
  private static final double DECADES_AFTER = 1;

  private Sizes() {}

  /**
   * An accuracy's is 1; else between the quantiles 5 % and 95 %, two decades before to one after.
   */
  static double range(LogBins bins, MetricKind kind, double from, double to) {
    if (kind == MetricKind.ACCURACY) {
      return 1;
    }
    double[] near = new double[bins.size()];
    int used = 0;
    for (int i = 0; i < near.length; i++) {
      if (bins.x[i] >= from - DECADES_BEFORE && bins.x[i] <= to + DECADES_AFTER) {
        near[used++] = bins.y[i];
      }
    }
    double[] sorted = Arrays.copyOf(near, used);
    Arrays.sort(sorted);
    return Robust.quantile(sorted, 0.95) - Robust.quantile(sorted, 0.05);
  }

  /** Binomial deviation of an accuracy; 0 of anything else. */
  static double binomial(MetricSeries series, double level) {
    if (series.kind() != MetricKind.ACCURACY || series.evaluated() == 0) {
      return 0;
    }
    double share = Math.max(0, Math.min(1, level));
    return Math.sqrt(share * (1 - share) / series.evaluated());
  }
}
