package io.saltus.analysis.change;

import java.util.List;

/**
 * The least-squares line through a series, and what it leaves. A search for broken lines finds the
 * same changes in the rests as in the values, and loses no digits to a high level or a steep slope.
 * Abscissae are in units of their mean distance.
 */
final class Trend {

  private final double[] abscissae;
  private final double unit;
  private final double[] centred;
  private final double[] rests;
  private final double level;
  private final double slope;

  private Trend(
      double[] abscissae,
      double unit,
      double[] centred,
      double[] rests,
      double level,
      double slope) {
    this.abscissae = abscissae;
    this.unit = unit;
    this.centred = centred;
    this.rests = rests;
    this.level = level;
    this.slope = slope;
  }

  /**
   * @param abscissae finite, strictly ascending
   * @param values as many, at least one
   */
  static Trend of(double[] abscissae, double[] values) {
    int n = values.length;
    double unit = n == 1 ? 1 : (abscissae[n - 1] - abscissae[0]) / (n - 1);
    double[] x = new double[n];
    double middle = 0;
    for (int i = 0; i < n; i++) {
      x[i] = (abscissae[i] - abscissae[0]) / unit;
      middle += (x[i] - middle) / (i + 1);
    }
    double level = Observations.mean(values);
    double products = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      x[i] -= middle;
      products += x[i] * (values[i] - level);
      squares += x[i] * x[i];
    }
    double slope = squares > 0 ? products / squares : 0;
    double[] rests = new double[n];
    for (int i = 0; i < n; i++) {
      rests[i] = values[i] - level - slope * x[i];
    }
    return new Trend(abscissae, unit, x, rests, level, slope);
  }

  /** The distances of neighbouring abscissae. */
  double[] steps() {
    double[] steps = new double[abscissae.length - 1];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = between(i, i + 1);
    }
    return steps;
  }

  double between(int from, int until) {
    return (abscissae[until] - abscissae[from]) / unit;
  }

  double[] rests() {
    return rests.clone();
  }

  /** The line at an observation. */
  double at(int position) {
    return level + slope * centred[position];
  }

  /** The squares of the rests. */
  double squares() {
    double squares = 0;
    for (double rest : rests) {
      squares += rest * rest;
    }
    return squares;
  }

  /**
   * The squared errors of the rests about a broken line.
   *
   * @param positions of its knots, the first and the last observation among them
   * @param levels as many
   */
  double squaresAbout(List<Integer> positions, List<Double> levels) {
    double first = rests[0] - levels.get(0);
    double squares = first * first;
    for (int k = 1; k < positions.size(); k++) {
      int from = positions.get(k - 1);
      int until = positions.get(k);
      double rise = levels.get(k) - levels.get(k - 1);
      for (int i = from + 1; i <= until; i++) {
        double part = between(from, i) / between(from, until);
        double off = rests[i] - levels.get(k - 1) - part * rise;
        squares += off * off;
      }
    }
    return squares;
  }
}
