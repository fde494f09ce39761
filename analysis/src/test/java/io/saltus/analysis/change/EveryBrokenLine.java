package io.saltus.analysis.change;

import java.util.ArrayList;
import java.util.List;

/**
 * Every set of knots, each fitted by least squares: slow, and what the search for continuous slopes
 * is held to.
 */
final class EveryBrokenLine {

  /** The least penalised cost, the fewest changes that reach it, and how far the next best is. */
  record Optimum(double cost, List<Integer> changes, double lead) {}

  private EveryBrokenLine() {}

  static Optimum of(double[] x, double[] y, double penalty) {
    int inner = Math.max(0, y.length - 2);
    Optimum best = new Optimum(Double.POSITIVE_INFINITY, List.of(), 0);
    for (int set = 0; set < (1 << inner); set++) {
      List<Integer> changes = new ArrayList<>();
      for (int i = 0; i < inner; i++) {
        if (((set >> i) & 1) == 1) {
          changes.add(i + 1);
        }
      }
      double cost = squares(x, y, changes) + penalty * changes.size();
      double margin = 1e-11 * Math.max(1, cost);
      if (cost < best.cost() - margin) {
        best = new Optimum(cost, changes, best.cost() - cost);
      } else if (cost <= best.cost() + margin && changes.size() < best.changes().size()) {
        best = new Optimum(cost, changes, 0);
      } else {
        best =
            new Optimum(
                best.cost(),
                best.changes(),
                Math.min(best.lead(), Math.max(0, cost - best.cost())));
      }
    }
    return best;
  }

  /** The squared errors of the best broken line with given knots, by Householder reflections. */
  static double squares(double[] x, double[] y, List<Integer> changes) {
    int n = y.length;
    int columns = Math.min(n, 2) + changes.size();
    double[][] rows = new double[n][columns + 1];
    for (int i = 0; i < n; i++) {
      rows[i][0] = 1;
      if (n > 1) {
        rows[i][1] = x[i] - x[0];
      }
      for (int k = 0; k < changes.size(); k++) {
        rows[i][k + 2] = Math.max(0, x[i] - x[changes.get(k)]);
      }
      rows[i][columns] = y[i];
    }
    for (int column = 0; column < columns; column++) {
      reflect(rows, column);
    }
    double squares = 0;
    for (int i = columns; i < n; i++) {
      squares += rows[i][columns] * rows[i][columns];
    }
    return squares;
  }

  /** Makes a column zero below its diagonal. */
  private static void reflect(double[][] rows, int column) {
    double norm = 0;
    for (int i = column; i < rows.length; i++) {
      norm += rows[i][column] * rows[i][column];
    }
    double[] mirror = new double[rows.length];
    double length = 0;
    for (int i = column; i < rows.length; i++) {
      mirror[i] = rows[i][column];
      if (i == column) {
        mirror[i] += Math.copySign(Math.sqrt(norm), mirror[i]);
      }
      length += mirror[i] * mirror[i];
    }
    for (int k = column; k < rows[0].length; k++) {
      double product = 0;
      for (int i = column; i < rows.length; i++) {
        product += mirror[i] * rows[i][k];
      }
      for (int i = column; i < rows.length; i++) {
        rows[i][k] -= 2 * product / length * mirror[i];
      }
    }
  }
}
