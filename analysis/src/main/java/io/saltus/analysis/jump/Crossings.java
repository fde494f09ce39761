package io.saltus.analysis.jump;

import java.util.Arrays;

/** Where a series, smoothed by the median of five evaluations, reaches a level for good. */
public final class Crossings {

  private static final int HALF = 2;

  private Crossings() {}

  /** The step from which on the medians stay at or above a level; NaN when they don't. */
  public static double sustained(MetricSeries series, double level) {
    int n = series.values().length;
    double step = Double.NaN;
    for (int i = n - 1; i >= 0; i--) {
      if (median(series.values(), i) < level) {
        break;
      }
      step = series.steps()[i];
    }
    return step;
  }

  /** The median of the evaluations around the last step that is not after a given one. */
  static double at(MetricSeries series, double step) {
    int at = Arrays.binarySearch(series.steps(), step);
    int before = at >= 0 ? at : -at - 2;
    return series.values().length == 0 ? Double.NaN : median(series.values(), Math.max(0, before));
  }

  /** The first finite value: evaluations may be so rare that those around it are far away. */
  static double first(MetricSeries series) {
    return Arrays.stream(series.values()).filter(Double::isFinite).findFirst().orElse(Double.NaN);
  }

  /** The median of the evaluations around the first step that is not before a given one. */
  static double notBefore(MetricSeries series, double step) {
    int n = series.values().length;
    int at = Arrays.binarySearch(series.steps(), step);
    int after = at >= 0 ? at : -at - 1;
    return n == 0 ? Double.NaN : median(series.values(), Math.min(n - 1, after));
  }

  /** Of the finite ones; NaN of none. */
  private static double median(double[] values, int at) {
    double[] near = new double[2 * HALF + 1];
    int used = 0;
    for (int i = Math.max(0, at - HALF); i <= Math.min(values.length - 1, at + HALF); i++) {
      if (Double.isFinite(values[i])) {
        near[used++] = values[i];
      }
    }
    Arrays.sort(near, 0, used);
    if (used == 0) {
      return Double.NaN;
    }
    return used % 2 == 1 ? near[used / 2] : (near[used / 2 - 1] + near[used / 2]) / 2;
  }
}
