package io.saltus.analysis.change;

/**
 * Sums over any stretch of a series in constant time: of a constant and of a straight line fitted
 * by least squares. The series is centred first, so that a high level costs no digits.
 */
final class Moments {

  private final double[] first;
  private final double[] second;
  private final double[] withIndex;

  Moments(double[] values) {
    double mean = 0;
    for (int i = 0; i < values.length; i++) {
      mean += (values[i] - mean) / (i + 1);
    }
    first = new double[values.length + 1];
    second = new double[values.length + 1];
    withIndex = new double[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      double value = values[i] - mean;
      first[i + 1] = first[i] + value;
      second[i + 1] = second[i] + value * value;
      withIndex[i + 1] = withIndex[i] + value * (i - (values.length - 1) / 2.0);
    }
  }

  int size() {
    return first.length - 1;
  }

  /** The sum of squares about the mean of a stretch. */
  double squares(int from, int until) {
    double sum = first[until] - first[from];
    return Math.max(0, second[until] - second[from] - sum * sum / (until - from));
  }

  /** The sum of squares about the line through a stretch. */
  double squaresAboutLine(int from, int until) {
    double n = until - from;
    if (n < 3) {
      return 0;
    }
    double covariance = covariance(from, until);
    return Math.max(0, squares(from, until) - covariance * covariance / spread(n));
  }

  private double covariance(int from, int until) {
    double middle = (from + until - 1) / 2.0 - (size() - 1) / 2.0;
    return withIndex[until] - withIndex[from] - middle * (first[until] - first[from]);
  }

  private static double spread(double n) {
    return n * (n * n - 1) / 12;
  }
}
