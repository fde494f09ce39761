package io.saltus.analysis.jump;

import java.util.ArrayList;
import java.util.List;

/**
 * What each rise would add to a fit that stands: its size, and by how much the squares would shrink
 * if all coefficients were fitted again (orthogonal least squares: S. Chen, S. Billings, W. Luo,
 * International Journal of Control 50, 1989). A rise that the fit can already make of its columns
 * adds nothing. Costs one product of all rises with each column.
 */
final class Additions {

  /** Of a rise's square, what the columns must leave; the rest would be told by rounding alone. */
  private static final double LEAST_LEFT = 0.01;

  private final Search search;
  private final double[] products;

  /** Per rise, the square of what the columns leave of it; 0 where that is next to nothing. */
  private final double[] left;

  /**
   * @param residuals of the fit
   * @param columns of the fit, all of which the residuals are orthogonal to
   */
  Additions(Search search, double[] residuals, double[][] columns) {
    this.search = search;
    Rises rises = search.rises;
    double[][] sums = new double[2][residuals.length + 1];
    products = new double[rises.size()];
    rises.products(residuals, sums, products);
    left = rises.squares.clone();
    double[] along = new double[rises.size()];
    for (double[] unit : orthonormal(columns, rises.weights)) {
      rises.products(unit, sums, along);
      for (int k = 0; k < left.length; k++) {
        left[k] -= along[k] * along[k];
      }
    }
    for (int k = 0; k < left.length; k++) {
      left[k] = left[k] < LEAST_LEFT * rises.squares[k] ? 0 : left[k];
    }
  }

  int count() {
    return products.length;
  }

  double size(int rise) {
    return left[rise] == 0 ? 0 : products[rise] / left[rise];
  }

  /** By how much the weighted sum of squares shrinks. */
  double gain(int rise) {
    return products[rise] * size(rise);
  }

  /** How many deviations of noise alone it is from 0. */
  double score(int rise) {
    return left[rise] == 0
        ? 0
        : Math.abs(products[rise]) / (Math.sqrt(left[rise]) * search.deviation(rise));
  }

  /** Gram and Schmidt's, with the columns taken one after the other. */
  private static List<double[]> orthonormal(double[][] columns, double[] weights) {
    List<double[]> units = new ArrayList<>();
    for (double[] column : columns) {
      double[] rest = column.clone();
      double whole = Drift.dot(rest, rest, weights);
      for (double[] unit : units) {
        take(rest, unit, Drift.dot(rest, unit, weights));
      }
      double square = Drift.dot(rest, rest, weights);
      if (square > 1e-10 * whole) {
        double length = Math.sqrt(square);
        for (int i = 0; i < rest.length; i++) {
          rest[i] /= length;
        }
        units.add(rest);
      }
    }
    return units;
  }

  private static void take(double[] values, double[] unit, double along) {
    for (int i = 0; i < values.length; i++) {
      values[i] -= along * unit[i];
    }
  }
}
