package io.saltus.analysis.jump;

import java.util.ArrayList;
import java.util.List;

/**
 * A series as a drift and some rises and falls: the next is where the residuals say so most, then
 * all are placed again given the others, until the next would be lost in noise or smaller than a
 * twentieth of the range.
 */
final class Composition {

  private static final int MOST = 12;
  private static final int SWEEPS = 2;
  static final double LEAST_SCORE = 5;
  private static final double LEAST_SHARE = 0.05;

  private final Search search;
  private final double[] y;
  private final double[] weights;
  private final double least;
  private final Search.Bench bench;
  private final List<Integer> chosen = new ArrayList<>();
  private int exponent;
  private double[] coefficients = {};
  private double squares;

  /** The fit at the cells. */
  double[] fitted = {};

  Composition(Search search, double[] y, double[] weights, double range) {
    this.search = search;
    this.y = y;
    this.weights = weights;
    this.least = LEAST_SHARE * range;
    this.bench = search.new Bench();
    refit(chosen);
    while (chosen.size() < MOST && add()) {
      for (int sweep = 0; sweep < SWEEPS && chosen.size() > 1; sweep++) {
        improve();
      }
    }
    prune();
  }

  int size() {
    return chosen.size();
  }

  double place(int k) {
    return search.rises.places[chosen.get(k)];
  }

  double width(int k) {
    return search.rises.widths[chosen.get(k)];
  }

  double size(int k) {
    return coefficients[2 + k];
  }

  /** Everything but one rise, at the cells, and the drift with which that is closest. */
  double[] without(int k) {
    List<Integer> others = new ArrayList<>(chosen);
    others.remove(k);
    return subtract(others);
  }

  private boolean add() {
    System.arraycopy(subtract(chosen), 0, bench.values, 0, y.length);
    bench.look();
    int best = best();
    if (best < 0) {
      return false;
    }
    double before = squares;
    List<Integer> more = new ArrayList<>(chosen);
    more.add(best);
    refit(more);
    chosen.clear();
    chosen.addAll(more);
    return squares < before * (1 - 1e-9);
  }

  private int best() {
    int best = -1;
    double greatest = LEAST_SCORE;
    for (int k = 0; k < search.rises.size(); k++) {
      double score = bench.score(k);
      if (score > greatest && Math.abs(bench.size(k)) >= least) {
        greatest = score;
        best = k;
      }
    }
    return best;
  }

  /** The rise that explains most of what the others leave. */
  private void improve() {
    for (int k = 0; k < chosen.size(); k++) {
      List<Integer> others = new ArrayList<>(chosen);
      others.remove(k);
      System.arraycopy(subtract(others), 0, bench.values, 0, y.length);
      bench.look();
      int best = chosen.get(k);
      double most = gain(best);
      for (int rise = 0; rise < search.rises.size(); rise++) {
        if (gain(rise) > most) {
          most = gain(rise);
          best = rise;
        }
      }
      double before = squares;
      int old = chosen.get(k);
      if (best != old && !chosen.contains(best)) {
        chosen.set(k, best);
        refit(chosen);
        if (squares >= before) {
          chosen.set(k, old);
          refit(chosen);
        }
      }
    }
  }

  private double gain(int rise) {
    return bench.products[rise] * bench.size(rise);
  }

  private void prune() {
    for (int k = chosen.size() - 1; k >= 0; k--) {
      if (Math.abs(coefficients[2 + k]) < least) {
        chosen.remove(k);
        refit(chosen);
        k = chosen.size();
      }
    }
  }

  /** The series minus some of the rises, each with its present size. */
  private double[] subtract(List<Integer> rises) {
    double[] result = y.clone();
    double[] rise = new double[y.length];
    for (int index : rises) {
      search.rises.fill(index, rise);
      double size = coefficients[2 + chosen.indexOf(index)];
      for (int i = 0; i < y.length; i++) {
        result[i] -= size * rise[i];
      }
    }
    return result;
  }

  private void refit(List<Integer> rises) {
    double[][] columns = new double[2 + rises.size()][y.length];
    java.util.Arrays.fill(columns[0], 1);
    for (int k = 0; k < rises.size(); k++) {
      search.rises.fill(rises.get(k), columns[2 + k]);
    }
    if (rises.isEmpty()) {
      System.arraycopy(y, 0, bench.values, 0, y.length);
      exponent = search.drift.remove(bench.values);
    }
    double best = evaluate(columns, exponent);
    for (int direction = -1; direction <= 1; direction += 2) {
      for (int next = exponent + direction;
          next >= 0 && next < Drift.EXPONENTS && !rises.isEmpty();
          next += direction) {
        double[] kept = coefficients;
        double[] fit = fitted;
        double now = evaluate(columns, next);
        if (now >= best) {
          coefficients = kept;
          fitted = fit;
          break;
        }
        best = now;
        exponent = next;
      }
    }
    squares = best;
  }

  private double evaluate(double[][] columns, int candidate) {
    columns[1] = search.drift.basis[candidate];
    coefficients = LinearSystem.leastSquares(columns, y, weights);
    fitted = new double[y.length];
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      for (int k = 0; k < columns.length; k++) {
        fitted[i] += coefficients[k] * columns[k][i];
      }
      sum += weights[i] * (y[i] - fitted[i]) * (y[i] - fitted[i]);
    }
    return sum;
  }
}
