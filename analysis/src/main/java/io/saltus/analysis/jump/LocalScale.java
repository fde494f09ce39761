package io.saltus.analysis.jump;

/**
 * How much single evaluations scatter at each cell: the root mean square of the residuals within a
 * quarter of a decade on either side, or further until it has a hundred evaluations, drawn to that
 * of the whole series as by two hundred independent evaluations more. Noise differs along a run,
 * most of all where an accuracy saturates; correlated noise only seems to, because in a window of
 * it few are independent: the squares of an AR(1) process correlate by φ², φ⁴, …, so that (1 +
 * φ²)/(1 − φ²) of them are worth one.
 */
final class LocalScale {

  private static final double REACH = 0.25;
  private static final double PRIOR = 200;
  private static final int LEAST_EVALUATIONS = 100;

  private LocalScale() {}

  /**
   * @param ar1 correlation of neighbouring residuals, in [0, 1)
   */
  static double[] of(LogBins bins, double[] residuals, double ar1, double floor) {
    double prior = PRIOR * (1 + ar1 * ar1) / (1 - ar1 * ar1);
    int n = bins.size();
    double[] squares = new double[n + 1];
    int[] counts = new int[n + 1];
    for (int i = 0; i < residuals.length; i++) {
      squares[bins.cell[i] + 1] += residuals[i] * residuals[i];
      counts[bins.cell[i] + 1]++;
    }
    for (int i = 0; i < n; i++) {
      squares[i + 1] += squares[i];
      counts[i + 1] += counts[i];
    }
    double[] scales = new double[n];
    for (int i = 0; i < n; i++) {
      int from = i;
      int until = i + 1;
      while (from > 0 && wanted(bins.x[i] - bins.x[from - 1], counts[until] - counts[from])) {
        from--;
        until = Math.min(n, until + 1);
      }
      while (until < n && wanted(bins.x[until] - bins.x[i], counts[until] - counts[from])) {
        until++;
      }
      double meanSquare =
          (squares[until] - squares[from] + prior * squares[n] / counts[n])
              / (counts[until] - counts[from] + prior);
      scales[i] = Math.max(floor, Math.sqrt(Math.max(0, meanSquare)));
    }
    return scales;
  }

  private static boolean wanted(double distance, int evaluations) {
    return distance <= REACH || evaluations < LEAST_EVALUATIONS;
  }
}
