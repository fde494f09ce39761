package io.saltus.analysis.online;

/**
 * A straight line by least squares with exponential forgetting, kept as means and sums about them,
 * so that large abscissae and levels cost no digits (B. Welford, Technometrics 4, 1962).
 */
final class DriftLine {

  /** Beyond so many deviations of the remembered abscissae the line goes on level. */
  private static final double FARTHEST = 2;

  private double weight;
  private double meanX;
  private double meanY;
  private double squares;
  private double products;

  void clear() {
    weight = 0;
    meanX = 0;
    meanY = 0;
    squares = 0;
    products = 0;
  }

  /**
   * Adds a point.
   *
   * @param kept part of the weight of all earlier points that is kept, in [0, 1]
   */
  void add(double x, double y, double kept) {
    weight = kept * weight + 1;
    double dx = x - meanX;
    meanX += dx / weight;
    meanY += (y - meanY) / weight;
    squares = kept * squares + dx * (x - meanX);
    products = kept * products + dx * (y - meanY);
  }

  /** The value of the line; far from all that is remembered it is level. */
  double at(double x) {
    if (!(squares > 0)) {
      return meanY;
    }
    double reach = FARTHEST * Math.sqrt(squares / weight);
    double dx = Math.max(-reach, Math.min(reach, x - meanX));
    return meanY + products / squares * dx;
  }

  void takeFrom(DriftLine other) {
    weight = other.weight;
    meanX = other.meanX;
    meanY = other.meanY;
    squares = other.squares;
    products = other.products;
  }

  boolean isSameAs(DriftLine other) {
    return weight == other.weight
        && meanX == other.meanX
        && meanY == other.meanY
        && squares == other.squares
        && products == other.products;
  }
}
