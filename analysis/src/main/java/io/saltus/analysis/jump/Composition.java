package io.saltus.analysis.jump;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * A series as a drift and some rises and falls: the next is where the residuals say so most, then
 * all are placed again given the others, until the next would be lost in noise or smaller than a
 * twentieth of the range.
 */
final class Composition {

  /** Columns of the drift. */
  private static final int DRIFT = 3;

  private static final int MOST = 12;
  private static final int RISE_PARAMETERS = 3;
  private static final double LEAST_WORTH = 20;
  private static final int SWEEPS = 2;
  static final double LEAST_SCORE = 5;
  private static final double LEAST_SHARE = 0.05;
  private static final double GREATEST_SHARE = 1.2;
  private static final double WIDE = 0.5;
  private static final double CLOSER = 0.9;

  private final Search search;
  private final double[] y;
  private final double[] weights;
  private final double range;
  private final double least;
  private final double most;
  private final Search.Bench bench;
  private final List<Integer> chosen = new ArrayList<>();
  private int exponent;
  private double[] coefficients = {};
  private double squares;

  /** The fit at the cells. */
  double[] fitted = {};

  Composition(Search search, LogBins bins, double[] y, NoiseModel noise, double range) {
    this.search = search;
    this.y = y;
    this.weights = bins.weights;
    this.range = range;
    this.least = LEAST_SHARE * range;
    this.most =
        GREATEST_SHARE * (Arrays.stream(y).max().orElse(0) - Arrays.stream(y).min().orElse(0));
    this.bench = search.new Bench();
    refit(chosen);
    grow();
    split();
    if (chosen.size() < MOST - 1 && addPair(bins, noise)) {
      grow();
    }
    prune();
    double worth = Math.max(LEAST_WORTH, Math.min(bins.worth(), noise.effective));
    while (chosen.size() > 1 && simplify(1 + RISE_PARAMETERS * Math.log(worth) / worth)) {
      improve();
      prune();
    }
    polish();
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
    return coefficients[DRIFT + k];
  }

  /** How far some of the rises stand out between two places when the others are taken away. */
  double score(List<Integer> members, double from, double to) {
    List<Integer> others = new ArrayList<>();
    for (int k = 0; k < chosen.size(); k++) {
      if (!members.contains(k)) {
        others.add(chosen.get(k));
      }
    }
    System.arraycopy(subtract(others), 0, bench.values, 0, y.length);
    bench.look();
    double greatest = 0;
    for (int k = 0; k < search.rises.size(); k++) {
      if (search.rises.places[k] >= from && search.rises.places[k] <= to) {
        greatest = Math.max(greatest, bench.score(k));
      }
    }
    return greatest;
  }

  private void grow() {
    while (chosen.size() < MOST && add()) {
      for (int sweep = 0; sweep < SWEEPS && chosen.size() > 1; sweep++) {
        improve();
      }
    }
  }

  /**
   * Two narrow rises for one wide, where that is closer: the first step towards stairs is a ramp.
   */
  private void split() {
    for (int k = chosen.size() - 1; k >= 0; k--) {
      if (k < chosen.size() && width(k) >= WIDE && chosen.size() < MOST) {
        List<Integer> before = new ArrayList<>(chosen);
        double old = squares;
        List<Integer> others = new ArrayList<>(chosen);
        others.remove(k);
        place(others);
        if (!addNarrow(2) || !improved(old)) {
          place(before);
        }
      }
    }
  }

  private boolean improved(double old) {
    for (int sweep = 0; sweep < 2 * SWEEPS; sweep++) {
      improve();
    }
    return squares < CLOSER * old;
  }

  private boolean addNarrow(int count) {
    for (int k = 0; k < count; k++) {
      if (!addNarrow()) {
        return false;
      }
    }
    return true;
  }

  private boolean addNarrow() {
    System.arraycopy(subtract(chosen), 0, bench.values, 0, y.length);
    bench.look();
    int best = -1;
    for (int k = 0; k < search.rises.size(); k++) {
      boolean narrow = search.rises.widths[k] < WIDE && !chosen.contains(k);
      if (narrow && Math.abs(bench.size(k)) >= least && (best < 0 || gain(k) > gain(best))) {
        best = k;
      }
    }
    if (best >= 0) {
      List<Integer> more = new ArrayList<>(chosen);
      more.add(best);
      place(more);
    }
    return best >= 0;
  }

  private void place(List<Integer> rises) {
    refit(rises);
    chosen.clear();
    chosen.addAll(rises);
  }

  /** A rise and its fall that are too close together for either to be seen alone. */
  private boolean addPair(LogBins bins, NoiseModel noise) {
    boolean found = false;
    for (Optional<Pair> pair = pair(bins, noise); pair.isPresent(); pair = pair(bins, noise)) {
      List<Integer> more = new ArrayList<>(chosen);
      more.add(pair.get().rise());
      more.add(pair.get().fall());
      if (chosen.size() >= MOST - 1 || new HashSet<>(more).size() < more.size()) {
        break;
      }
      place(more);
      found = true;
    }
    return found;
  }

  private Optional<Pair> pair(LogBins bins, NoiseModel noise) {
    double[] rest = subtract(chosen);
    search.drift.remove(rest);
    return Pair.in(rest, bins, noise, JumpDefinition.LARGE * range);
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
    place(more);
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
      boolean tame = !wild();
      int old = chosen.get(k);
      if (best != old && !chosen.contains(best)) {
        chosen.set(k, best);
        refit(chosen);
        if (squares >= before || (tame && wild())) {
          chosen.set(k, old);
          refit(chosen);
        }
      }
    }
  }

  /** Whether rises hold each other up, each larger than all that is there. */
  private boolean wild() {
    return Arrays.stream(coefficients).skip(DRIFT).anyMatch(one -> Math.abs(one) > most);
  }

  private double gain(int rise) {
    return bench.products[rise] * bench.size(rise);
  }

  private void prune() {
    for (int k = chosen.size() - 1; k >= 0; k--) {
      if (Math.abs(coefficients[DRIFT + k]) < least) {
        chosen.remove(k);
        refit(chosen);
        k = chosen.size();
      }
    }
  }

  /**
   * Corrects places and widths, of which only some were tried, to first order: by the derivatives
   * of each rise in its place and in the logarithm of its width.
   */
  private double polish() {
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

  /**
   * Takes a rise away that the others can do without, by the Bayesian criterion (G. Schwarz, Ann.
   * Statist. 6, 1978): what was found one after the other may hold each other's mistakes.
   *
   * @param factor by which the squares may grow
   * @return whether there was one
   */
  private boolean simplify(double factor) {
    List<Integer> before = new ArrayList<>(chosen);
    List<Integer> best = before;
    double most = polish() * factor;
    for (int k = 0; k < before.size(); k++) {
      List<Integer> others = new ArrayList<>(before);
      boolean wide = search.rises.widths[others.remove(k)] >= WIDE;
      place(others);
      for (int sweep = 0; wide && sweep < SWEEPS; sweep++) {
        improve();
      }
      double now = polish();
      if (now < most) {
        most = now;
        best = new ArrayList<>(chosen);
      }
    }
    place(best);
    return best.size() < before.size();
  }

  /** The series minus some of the rises, each with its present size. */
  private double[] subtract(List<Integer> rises) {
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

  private void refit(List<Integer> rises) {
    double[][] columns = new double[DRIFT + rises.size()][y.length];
    Arrays.fill(columns[0], 1);
    for (int k = 0; k < rises.size(); k++) {
      search.rises.logistic(rises.get(k), columns[DRIFT + k]);
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
}
