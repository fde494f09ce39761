package io.saltus.analysis.jump;

/**
 * What averaging within cells makes of AR(1) noise of deviation 1, one cell after the other without
 * gaps: the exact deviation of each cell's mean, and its exact correlation with the one before.
 */
final class CellMeans {

  static final double GREATEST = 0.995;

  final double[] deviations;
  final double[] correlations;

  CellMeans(int[] counts, double ar1) {
    int cells = counts.length;
    deviations = new double[cells];
    correlations = new double[cells];
    double whole = 1 / ((1 - ar1) * (1 - ar1));
    double restBefore = 0;
    for (int i = 0; i < cells; i++) {
      double n = counts[i];
      double rest = n == 1 ? 1 - ar1 : 1 - Math.pow(ar1, n);
      double variance = (n * (1 + ar1) / (1 - ar1) - 2 * ar1 * rest * whole) / (n * n);
      deviations[i] = Math.sqrt(variance);
      if (i > 0) {
        double covariance = ar1 * rest * restBefore * whole / (n * counts[i - 1]);
        correlations[i] = Math.min(GREATEST, covariance / (deviations[i] * deviations[i - 1]));
      }
      restBefore = rest;
    }
  }
}
