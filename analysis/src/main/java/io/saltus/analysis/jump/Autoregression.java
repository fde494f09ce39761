package io.saltus.analysis.jump;

import java.util.Arrays;

/**
 * An AR process of order up to {@value #ORDER} by Levinson and Durbin's recursion, its order by the
 * least AIC, from autocovariances less the bias that a fit has given them.
 *
 * <p>Autocorrelations of residuals are too small, because whatever was fitted has followed the
 * noise (F. Marriott, J. Pope, Biometrika 41, 1954, for a mean). The bias is what the same fit does
 * to noise without memory, by simulation, and is taken away before the process is fitted, in the
 * manner of L. Kilian (Review of Economics and Statistics 80, 1998). Left in, it is the memory of
 * everything that is simulated, which then wanders less than the noise did.
 */
final class Autoregression {

  static final int ORDER = 3;
  private static final double GREATEST_REFLECTION = 0.99;

  private Autoregression() {}

  /** At lags 0 to {@value #ORDER}. */
  static double[] covariances(double[] values) {
    int n = values.length;
    double[] result = new double[ORDER + 1];
    for (int lag = 0; lag <= ORDER && lag < n; lag++) {
      for (int i = lag; i < n; i++) {
        result[lag] += values[i] * values[i - lag] / n;
      }
    }
    return result;
  }

  /**
   * The coefficients; none where noise without memory explains as much.
   *
   * @param seen autocovariances of residuals
   * @param n how many residuals they are of
   * @param ofFittedNoise autocovariances of the residuals of noise without memory
   */
  static double[] of(double[] seen, int n, double[] ofFittedNoise) {
    double[] covariance = seen.clone();
    for (int lag = 1; lag <= ORDER && ofFittedNoise[0] > 0; lag++) {
      covariance[lag] -= seen[0] * ofFittedNoise[lag] / ofFittedNoise[0];
    }
    double[] current = {};
    double[] best = current;
    double error = covariance[0];
    double least = n * Math.log(Math.max(error, 1e-300));
    for (int order = 1; order <= ORDER && error > 0; order++) {
      double reflection = covariance[order];
      for (int k = 0; k < order - 1; k++) {
        reflection -= current[k] * covariance[order - 1 - k];
      }
      reflection =
          Math.max(-GREATEST_REFLECTION, Math.min(GREATEST_REFLECTION, reflection / error));
      double[] next = Arrays.copyOf(current, order);
      for (int k = 0; k < order - 1; k++) {
        next[k] = current[k] - reflection * current[order - 2 - k];
      }
      next[order - 1] = reflection;
      error *= 1 - reflection * reflection;
      current = next;
      double criterion = n * Math.log(Math.max(error, 1e-300)) + 2 * order;
      if (criterion < least - 2) {
        least = criterion;
        best = current;
      }
    }
    return best;
  }
}
