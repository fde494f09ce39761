package io.saltus.analysis.jump;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The drift and some rises, fitted to a series together: sizes, the drift's exponent, squares. */
final class RiseFit {

  /** Columns of the drift. */
  static final int DRIFT = 3;

  private final Search search;
  private final double[] y;
  private final double[] weights;

  /** The greatest size that a rise may have. */
  private final double most;

  private final Search.Bench bench;
  private final List<Integer> chosen = new ArrayList<>();
  private int exponent;
  private double[] coefficients = {};
  private double squares;
  private double[] fitted = {};

  /** With no rise yet. */
  RiseFit(Search search, double[] y, double[] weights, double most) {
    this.search = search;
    this.y = y;
    this.weights = weights;
    this.most = most;
    this.bench = search.new Bench();
    refit(chosen);
  }

  List<Integer> chosen() {
    return List.copyOf(chosen);
  }

  int size() {
    return chosen.size();
  }

  double size(int k) {
    return coefficients[DRIFT + k];
  }

  /** The weighted sum of what is left. */
  double squares() {
    return squares;
  }

  /** The fit at the cells. */
  double[] fitted() {
    return fitted;
  }

  /** What each further rise would add. */
  Additions additions() {
    return additions(chosen);
  }

  /** What each rise would add if one were away. */
  Additions additionsWithout(int k) {
    List<Integer> others = new ArrayList<>(chosen);
    others.remove(k);
    return additions(others);
  }

  private Additions additions(List<Integer> rises) {
    double[][] columns = columns(rises);
    return new Additions(search, residuals(columns), columns);
  }

  /** Takes these rises instead. */
  void place(List<Integer> rises) {
    refit(rises);
    chosen.clear();
    chosen.addAll(rises);
  }

  /** Whether rises hold each other up, each larger than all that is there. */
  boolean isWild() {
    return Arrays.stream(coefficients).skip(DRIFT).anyMatch(one -> Math.abs(one) > most);
  }

  /**
   * Corrects places and widths, of which only some were tried, to first order: by the derivatives
   * of each rise in its place and in the logarithm of its width.
   */
  double polish() {
    double[] kept = coefficients;
    List<double[]> columns = new ArrayList<>();
    double[] ones = new double[y.length];
    Arrays.fill(ones, 1);
    columns.add(ones);
    columns.add(search.drift.basis[exponent]);
    columns.add(search.drift.tangents[exponent]);
    for (int index : chosen) {
      double[] rise = new double[y.length];
      search.rises.logistic(index, rise);
      columns.add(rise);
      if (search.rises.widths[index] > 0) {
        columns.addAll(search.rises.derivatives(index, rise));
      }
    }
    double left = fit(columns.toArray(new double[0][]));
    coefficients = kept;
    return left;
  }

  /** The series minus some of the rises, each with its present size. */
  double[] without(List<Integer> rises) {
    double[] result = y.clone();
    double[] rise = new double[y.length];
    for (int index : rises) {
      search.rises.logistic(index, rise);
      double size = coefficients[DRIFT + chosen.indexOf(index)];
      for (int i = 0; i < y.length; i++) {
        result[i] -= size * rise[i];
      }
    }
    return result;
  }

  /** Drift and rises, but for some of them. */
  double[] fittedWithout(List<Integer> rises) {
    double[][] columns = columns(chosen);
    double[] result = new double[y.length];
    for (int k = 0; k < columns.length; k++) {
      if (k < DRIFT || !rises.contains(chosen.get(k - DRIFT))) {
        for (int i = 0; i < y.length; i++) {
          result[i] += coefficients[k] * columns[k][i];
        }
      }
    }
    return result;
  }

  private double[] residuals(double[][] columns) {
    double[] of = LinearSystem.leastSquares(columns, y, weights);
    double[] rest = y.clone();
    for (int k = 0; k < of.length; k++) {
      for (int i = 0; i < rest.length; i++) {
        rest[i] -= of[k] * columns[k][i];
      }
    }
    return rest;
  }

  /** Of the drift with the present exponent, and of some rises. */
  private double[][] columns(List<Integer> rises) {
    double[][] columns = new double[DRIFT + rises.size()][y.length];
    Arrays.fill(columns[0], 1);
    columns[1] = search.drift.basis[exponent];
    columns[2] = search.drift.tangents[exponent];
    for (int k = 0; k < rises.size(); k++) {
      search.rises.logistic(rises.get(k), columns[DRIFT + k]);
    }
    return columns;
  }

  private void refit(List<Integer> rises) {
    if (rises.isEmpty()) {
      System.arraycopy(y, 0, bench.values, 0, y.length);
      exponent = search.drift.remove(bench.values);
    }
    double[][] columns = columns(rises);
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
    columns[2] = search.drift.tangents[candidate];
    return fit(columns);
  }

  /** Sets coefficients and fit; returns the weighted sum of squares that is left. */
  private double fit(double[][] columns) {
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

  State state() {
    return new State(List.copyOf(chosen), exponent, coefficients, fitted, squares);
  }

  void restore(State state) {
    chosen.clear();
    chosen.addAll(state.chosen);
    exponent = state.exponent;
    coefficients = state.coefficients;
    fitted = state.fitted;
    squares = state.squares;
  }

  /** A fit to come back to; none of its arrays is written again. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record State(
      List<Integer> chosen, int exponent, double[] coefficients, double[] fitted, double squares) {}
}
