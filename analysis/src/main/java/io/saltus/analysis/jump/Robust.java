package io.saltus.analysis.jump;

import java.util.Arrays;

/** Order statistics of at most 100,000 evenly chosen values of an array. */
final class Robust {

  private static final int MOST = 100_000;
  private static final double NORMAL = 1.482602218505602;

  private Robust() {}

  /** The median absolute deviation from 0, in standard deviations of a normal variable. */
  static double deviation(double[] values) {
    double[] sorted = sample(values);
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = Math.abs(sorted[i]);
    }
    Arrays.sort(sorted);
    return NORMAL * quantile(sorted, 0.5);
  }

  /** Between the values on either side, in proportion; 0 of none. */
  static double quantile(double[] sorted, double share) {
    if (sorted.length == 0) {
      return 0;
    }
    double at = share * (sorted.length - 1);
    int below = (int) at;
    double above = sorted[Math.min(sorted.length - 1, below + 1)];
    return sorted[below] + (at - below) * (above - sorted[below]);
  }

  /** The least difference of two values that differ in more than their last digits; 0 of none. */
  static double quantum(double[] values) {
    double[] sorted = sample(values);
    Arrays.sort(sorted);
    double least = Double.POSITIVE_INFINITY;
    for (int i = 1; i < sorted.length; i++) {
      double difference = sorted[i] - sorted[i - 1];
      if (difference > 1e-7 * Math.max(Math.abs(sorted[i]), Math.abs(sorted[i - 1]))) {
        least = Math.min(least, difference);
      }
    }
    return least == Double.POSITIVE_INFINITY ? 0 : least;
  }

  private static double[] sample(double[] values) {
    int n = values.length;
    if (n <= MOST) {
      return values.clone();
    }
    double[] chosen = new double[MOST];
    for (int i = 0; i < MOST; i++) {
      chosen[i] = values[(int) ((long) i * n / MOST)];
    }
    return chosen;
  }
}
