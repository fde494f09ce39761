package io.saltus.analysis.study;

/** The standard normal distribution. */
final class Normal {

  /** The 97.5 % quantile. */
  static final double Z95 = 1.959963984540054;

  private static final double FAR = 8;

  private Normal() {}

  /**
   * The distribution function, by the series in G. Marsaglia, "Evaluating the Normal Distribution",
   * Journal of Statistical Software 11(4), 2004: absolute error below 1e-15.
   */
  static double below(double x) {
    if (x <= -FAR) {
      return 0;
    }
    if (x >= FAR) {
      return 1;
    }
    double sum = x;
    double term = x;
    for (int i = 3; sum + term != sum; i += 2) {
      term *= x * x / i;
      sum += term;
    }
    return 0.5 + sum * StrictMath.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  }

  /** The quantile of a share in (0, 1), by halving: slow, and exact to the last few bits. */
  static double quantile(double share) {
    double low = -FAR;
    double high = FAR;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (below(middle) < share) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
