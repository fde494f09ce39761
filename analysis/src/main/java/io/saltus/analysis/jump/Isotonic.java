package io.saltus.analysis.jump;

/**
 * A change without any assumption on its shape: the monotone function closest to the data, by
 * pooling adjacent violators (R. Barlow, D. Bartholomew, J. Bremner, H. Brunk, "Statistical
 * Inference under Order Restrictions", 1972), in linear time, and where it crosses shares of the
 * way between the levels of the fitted curve.
 */
final class Isotonic {

  private Isotonic() {}

  /**
   * Where the fit has done so much of the way from one level to the other; NaN where that is not in
   * the data.
   *
   * @param shares in (0, 1)
   */
  static double[] crossings(
      double[] x, double[] y, double[] weights, double before, double after, double... shares) {
    double sign = after >= before ? 1 : -1;
    double[] fit = fit(y, weights, sign);
    double[] result = new double[shares.length];
    for (int k = 0; k < shares.length; k++) {
      result[k] = crossing(x, fit, sign, before + shares[k] * (after - before));
    }
    return result;
  }

  static double[] fit(double[] y, double[] weights, double sign) {
    int n = y.length;
    double[] means = new double[n];
    double[] masses = new double[n];
    int[] lengths = new int[n];
    int blocks = 0;
    for (int i = 0; i < n; i++) {
      means[blocks] = sign * y[i];
      masses[blocks] = weights[i];
      lengths[blocks++] = 1;
      while (blocks > 1 && means[blocks - 2] > means[blocks - 1]) {
        double mass = masses[blocks - 2] + masses[blocks - 1];
        means[blocks - 2] += (means[blocks - 1] - means[blocks - 2]) * masses[blocks - 1] / mass;
        masses[blocks - 2] = mass;
        lengths[blocks - 2] += lengths[--blocks];
      }
    }
    double[] fit = new double[n];
    for (int block = 0, i = 0; block < blocks; block++) {
      for (int k = 0; k < lengths[block]; k++) {
        fit[i++] = sign * means[block];
      }
    }
    return fit;
  }

  /** The place where a fit reaches a level; NaN where it begins beyond or never does. */
  static double crossing(double[] x, double[] fit, double sign, double level) {
    for (int i = 0; i < x.length; i++) {
      if (sign * fit[i] >= sign * level) {
        if (i == 0) {
          return Double.NaN;
        }
        double part = (level - fit[i - 1]) / (fit[i] - fit[i - 1]);
        return x[i - 1] + part * (x[i] - x[i - 1]);
      }
    }
    return Double.NaN;
  }
}
