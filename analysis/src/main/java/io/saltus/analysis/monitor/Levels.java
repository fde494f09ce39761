package io.saltus.analysis.monitor;

import java.util.Arrays;

/**
 * The level of a series just before a suspected change, the one that it has now, the one a tenth of
 * a decade ago, and the farthest that it has been in between; all by medians, on the scale on which
 * its changes count.
 */
record Levels(double before, double lately, double now, double farthest) {

  private static final double BEFORE_DECADES = 0.3;
  private static final double NOW_DECADES = 0.1;
  private static final int LEAST = 10;
  private static final int SMOOTHED = 5;

  /**
   * Those of a series.
   *
   * @param steps from 1, ascending
   * @param values one per step, at least one
   * @param change the step at which the level is taken to have changed
   */
  static Levels of(double[] steps, double[] values, double change) {
    int at = place(steps, change);
    int first = Math.min(place(steps, change / decades(BEFORE_DECADES)), Math.max(0, at - LEAST));
    double before = median(values, first, Math.max(at, first + 1));
    int n = steps.length;
    int recent =
        Math.min(place(steps, steps[n - 1] / decades(NOW_DECADES)), Math.max(0, n - LEAST));
    int earlier =
        Math.min(
            place(steps, steps[n - 1] / decades(2 * NOW_DECADES)), Math.max(0, recent - LEAST));
    double farthest = before;
    for (int i = at; i + SMOOTHED <= n; i++) {
      double level = median(values, i, i + SMOOTHED);
      if (Math.abs(level - before) > Math.abs(farthest - before)) {
        farthest = level;
      }
    }
    return new Levels(
        before,
        median(values, earlier, Math.max(recent, earlier + 1)),
        median(values, Math.max(recent, Math.min(at, n - 1)), n),
        farthest);
  }

  private static int place(double[] steps, double step) {
    int found = Arrays.binarySearch(steps, step);
    return found >= 0 ? found : -found - 1;
  }

  private static double decades(double decades) {
    return StrictMath.pow(10, decades);
  }

  private static double median(double[] values, int from, int until) {
    double[] sorted = Arrays.copyOfRange(values, from, until);
    Arrays.sort(sorted);
    int n = sorted.length;
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }
}
