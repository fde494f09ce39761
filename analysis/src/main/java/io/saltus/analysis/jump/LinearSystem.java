package io.saltus.analysis.jump;

/** Small weighted least squares by the normal equations, a dozen unknowns at most. */
final class LinearSystem {

  private LinearSystem() {}

  /** The coefficients of the columns that come closest to the values; of a dependent column 0. */
  static double[] leastSquares(double[][] columns, double[] values, double[] weights) {
    int size = columns.length;
    double[][] lower = new double[size][size];
    double[] right = new double[size];
    for (int i = 0; i < size; i++) {
      right[i] = Drift.dot(columns[i], values, weights);
      for (int j = 0; j <= i; j++) {
        lower[i][j] = Drift.dot(columns[i], columns[j], weights);
      }
    }
    factor(lower);
    return solve(lower, right);
  }

  private static void factor(double[][] a) {
    for (int i = 0; i < a.length; i++) {
      double whole = a[i][i];
      for (int j = 0; j <= i; j++) {
        double sum = a[i][j];
        for (int k = 0; k < j; k++) {
          sum -= a[i][k] * a[j][k];
        }
        if (j < i) {
          a[i][j] = a[j][j] == 0 ? 0 : sum / a[j][j];
        } else {
          a[i][i] = sum > 1e-10 * whole ? Math.sqrt(sum) : 0;
        }
      }
    }
  }

  private static double[] solve(double[][] lower, double[] right) {
    int n = right.length;
    double[] result = new double[n];
    for (int i = 0; i < n; i++) {
      double sum = right[i];
      for (int k = 0; k < i; k++) {
        sum -= lower[i][k] * result[k];
      }
      result[i] = lower[i][i] == 0 ? 0 : sum / lower[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      double sum = result[i];
      for (int k = i + 1; k < n; k++) {
        sum -= lower[k][i] * result[k];
      }
      result[i] = lower[i][i] == 0 ? 0 : sum / lower[i][i];
    }
    return result;
  }
}
