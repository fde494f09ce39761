package io.saltus.analysis.jump;

import java.util.Arrays;

/**
 * Weighted least squares of a Richards curve, its levels within the metric's bounds. For given
 * midpoint, scale and shape the levels are a linear problem; over those three the simplex search of
 * J. Nelder and R. Mead (Computer J. 7, 1965) goes, which needs no derivatives where a jump is
 * narrower than the gaps between evaluations. A weak prior keeps the shape near 1 where the data do
 * not speak.
 */
final class RichardsFit {

  private static final int UNKNOWN = 3;
  private static final double PRIOR = 0.02;

  private final double[] x;
  private final double[] weights;
  private final double least;
  private final double greatest;
  private final boolean sloped;
  private final double narrowest;
  private final double[][] columns;

  private double[] y = {};
  private double spread;
  private double[] levels = {};

  RichardsFit(double[] x, double[] weights, double least, double greatest, boolean sloped) {
    this.x = x;
    this.weights = weights;
    this.least = least;
    this.greatest = greatest;
    this.sloped = sloped;
    double gap = Double.POSITIVE_INFINITY;
    for (int i = 1; i < x.length; i++) {
      gap = Math.min(gap, x[i] - x[i - 1]);
    }
    this.narrowest = Math.max(1e-6, gap / 20);
    this.columns = new double[sloped ? 3 : 2][x.length];
    Arrays.fill(columns[0], 1);
  }

  /**
   * @param start midpoint, logarithm of the scale, logarithm of the shape
   */
  double[] minimise(double[] values, double[] start, double[] steps, int evaluations) {
    y = values;
    spread = variance();
    double[][] simplex = new double[UNKNOWN + 1][];
    double[] costs = new double[UNKNOWN + 1];
    for (int k = 0; k <= UNKNOWN; k++) {
      simplex[k] = start.clone();
      if (k > 0) {
        simplex[k][k - 1] += steps[k - 1];
      }
      costs[k] = cost(simplex[k]);
    }
    for (int used = UNKNOWN + 1; used < evaluations; ) {
      order(simplex, costs);
      if (costs[UNKNOWN] - costs[0] <= 1e-10 * Math.abs(costs[0])) {
        break;
      }
      used += step(simplex, costs);
    }
    order(simplex, costs);
    return simplex[0];
  }

  /** The curve with its best levels. */
  Richards curve(double[] values, double[] point) {
    y = values;
    spread = variance();
    cost(point);
    double slope = sloped ? levels[2] : 0;
    return new Richards(point[0], scale(point), shape(point), levels[0], levels[1], slope);
  }

  /** The cost of a point with other values. */
  double costOf(double[] values, double[] point) {
    y = values;
    spread = variance();
    return cost(point);
  }

  private double cost(double[] point) {
    double scale = scale(point);
    double shape = shape(point);
    double power = Math.pow(2, shape) - 1;
    double inverse = -1 / shape;
    for (int i = 0; i < x.length; i++) {
      double u = (x[i] - point[0]) / scale;
      columns[1][i] = u > 40 ? 1 : u < -600 ? 0 : Math.pow(1 + power * Math.exp(-u), inverse);
      if (sloped) {
        columns[2][i] = x[i] - point[0];
      }
    }
    levels = LinearSystem.leastSquares(columns, y, weights);
    if (!sloped) {
      bound();
    }
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double error = y[i] - levels[0] - levels[1] * columns[1][i];
      error -= sloped ? levels[2] * columns[2][i] : 0;
      sum += weights[i] * error * error;
    }
    double beyond = Math.max(0, Math.max(x[0] - point[0], point[0] - x[x.length - 1]));
    double outside = Math.max(0, Math.abs(point[2]) - 3) + Math.max(0, point[1] - 1) + beyond;
    return sum * (1 + PRIOR * point[2] * point[2] / Math.max(20, x.length)) + spread * outside;
  }

  private double scale(double[] point) {
    return Math.max(narrowest, Math.exp(point[1]));
  }

  private static double shape(double[] point) {
    return Math.exp(Math.max(-3, Math.min(3, point[2])));
  }

  /** Moves a level that is out of bounds onto its bound, and the other to where it is best then. */
  private void bound() {
    for (int pass = 0; pass < 2; pass++) {
      double before = levels[0];
      double after = levels[0] + levels[1];
      double first = Math.max(least, Math.min(greatest, before));
      double second = Math.max(least, Math.min(greatest, after));
      if (first == before && second == after) {
        return;
      }
      if (pass == 1) {
        levels = new double[] {first, second - first};
      } else if (first != before) {
        levels = new double[] {first, along(first, false)};
      } else {
        double delta = along(second, true);
        levels = new double[] {second - delta, delta};
      }
    }
  }

  /** The best difference of the levels when one is given: the upper one, or the lower. */
  private double along(double level, boolean upper) {
    double product = 0;
    double square = 0;
    for (int i = 0; i < x.length; i++) {
      double f = upper ? columns[1][i] - 1 : columns[1][i];
      product += weights[i] * f * (y[i] - level);
      square += weights[i] * f * f;
    }
    return square == 0 ? 0 : product / square;
  }

  private double variance() {
    double weight = 0;
    double mean = 0;
    for (int i = 0; i < y.length; i++) {
      weight += weights[i];
      mean += weights[i] * y[i];
    }
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      double delta = y[i] - mean / weight;
      sum += weights[i] * delta * delta;
    }
    return sum;
  }

  private int step(double[][] simplex, double[] costs) {
    double[] worst = simplex[UNKNOWN];
    double[] centre = new double[UNKNOWN];
    for (int k = 0; k < UNKNOWN; k++) {
      for (int d = 0; d < UNKNOWN; d++) {
        centre[d] += simplex[k][d] / UNKNOWN;
      }
    }
    double[] reflected = between(centre, worst, -1);
    double cost = cost(reflected);
    if (cost < costs[0]) {
      double[] expanded = between(centre, worst, -2);
      double further = cost(expanded);
      replace(simplex, costs, further < cost ? expanded : reflected, Math.min(further, cost));
      return 2;
    }
    if (cost < costs[UNKNOWN - 1]) {
      replace(simplex, costs, reflected, cost);
      return 1;
    }
    double[] contracted = between(centre, cost < costs[UNKNOWN] ? reflected : worst, 0.5);
    double nearer = cost(contracted);
    if (nearer < Math.min(cost, costs[UNKNOWN])) {
      replace(simplex, costs, contracted, nearer);
      return 2;
    }
    for (int k = 1; k <= UNKNOWN; k++) {
      simplex[k] = between(simplex[0], simplex[k], 0.5);
      costs[k] = cost(simplex[k]);
    }
    return 2 + UNKNOWN;
  }

  private static void replace(double[][] simplex, double[] costs, double[] point, double cost) {
    simplex[UNKNOWN] = point;
    costs[UNKNOWN] = cost;
  }

  private static double[] between(double[] centre, double[] point, double factor) {
    double[] result = new double[UNKNOWN];
    for (int d = 0; d < UNKNOWN; d++) {
      result[d] = centre[d] + factor * (point[d] - centre[d]);
    }
    return result;
  }

  private static void order(double[][] simplex, double[] costs) {
    for (int i = 1; i <= UNKNOWN; i++) {
      for (int k = i; k > 0 && costs[k] < costs[k - 1]; k--) {
        double cost = costs[k];
        costs[k] = costs[k - 1];
        costs[k - 1] = cost;
        double[] point = simplex[k];
        simplex[k] = simplex[k - 1];
        simplex[k - 1] = point;
      }
    }
  }
}
