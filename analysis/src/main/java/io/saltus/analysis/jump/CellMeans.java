package io.saltus.analysis.jump;

/**
 * What averaging within cells makes of AR(1) noise of deviation 1, one cell after the other without
 * gaps. The mean of a cell remembers those before only by the last value of the cell before it, so
 * that one pass of a Kalman filter says exactly what is new in each (R. Kalman, Journal of Basic
 * Engineering 82, 1960). Means of equally many observations are an ARMA(1, 1) process; to chain
 * neighbours by their correlation alone would let them remember for too long.
 */
final class CellMeans {

  static final double GREATEST = 0.995;

  final double[] deviations;

  /** Of the last value before a cell, what is in its mean, and what is left at its end. */
  private final double[] inMean;

  private final double[] atEnd;

  /** Covariance of a cell's mean with its last value. */
  private final double[] withLast;

  /** What is new in a mean: its deviation, and how much of it is in the last value. */
  private final double[] news;

  private final double[] gains;

  CellMeans(int[] counts, double ar1) {
    int cells = counts.length;
    deviations = new double[cells];
    inMean = new double[cells];
    atEnd = new double[cells];
    withLast = new double[cells];
    news = new double[cells];
    gains = new double[cells];
    double unknown = 1;
    for (int i = 0; i < cells; i++) {
      double n = counts[i];
      double power = n == 1 ? ar1 : Math.pow(ar1, n);
      double sum = (1 - power) / (1 - ar1);
      double variance = (n * (1 + ar1) - 2 * ar1 * sum) / ((1 - ar1) * n * n);
      deviations[i] = Math.sqrt(variance);
      inMean[i] = ar1 * sum / n;
      atEnd[i] = power;
      withLast[i] = sum / n;
      double known = 1 - unknown;
      double left = variance - inMean[i] * inMean[i] * known;
      gains[i] = (withLast[i] - inMean[i] * power * known) / left;
      news[i] = Math.sqrt(left);
      unknown = Math.max(0, 1 - power * power * known - gains[i] * gains[i] * left);
    }
  }

  /** Makes means of independent innovations of deviation 1, in place. */
  void colour(double[] innovations) {
    double last = 0;
    for (int i = 0; i < innovations.length; i++) {
      double innovation = news[i] * innovations[i];
      innovations[i] = inMean[i] * last + innovation;
      last = atEnd[i] * last + gains[i] * innovation;
    }
  }

  /** The inverse of {@link #colour}. */
  void whiten(double[] means) {
    double last = 0;
    for (int i = 0; i < means.length; i++) {
      double innovation = means[i] - inMean[i] * last;
      means[i] = innovation / news[i];
      last = atEnd[i] * last + gains[i] * innovation;
    }
  }

  /** The sum of the squares of the innovations. */
  double squares(double[] means) {
    double sum = 0;
    double last = 0;
    for (int i = 0; i < means.length; i++) {
      double innovation = means[i] - inMean[i] * last;
      double unit = innovation / news[i];
      sum += unit * unit;
      last = atEnd[i] * last + gains[i] * innovation;
    }
    return sum;
  }

  /** Half the logarithm of the determinant of the covariances of all means. */
  double logDeterminant() {
    double sum = 0;
    for (double one : news) {
      sum += Math.log(one);
    }
    return sum;
  }

  /** The deviation of a weighted sum of the means. */
  double ofSum(double[] weights) {
    double variance = 1e-300;
    double withLastBefore = 0;
    for (int i = 0; i < weights.length; i++) {
      double own = weights[i] * deviations[i];
      variance += own * own + 2 * weights[i] * inMean[i] * withLastBefore;
      withLastBefore = atEnd[i] * withLastBefore + weights[i] * withLast[i];
    }
    return Math.sqrt(variance);
  }
}
