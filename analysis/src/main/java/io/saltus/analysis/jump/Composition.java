package io.saltus.analysis.jump;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * A series as a drift and some rises and falls: the next is where the residuals say so most, then
 * all are placed again given the others, until the next would be lost in noise or smaller than a
 * twentieth of the range.
 */
final class Composition {

  private static final int MOST = 12;
  private static final int RISE_PARAMETERS = 3;
  private static final double LEAST_WORTH = 20;
  private static final int SWEEPS = 2;
  static final double LEAST_SCORE = 5;
  private static final double LEAST_SHARE = 0.05;
  private static final double GREATEST_SHARE = 1.2;
  private static final double WIDE = 0.5;
  private static final double CLOSER = 0.9;
  private static final int TRIES = 4;

  /** Decades beside a narrow rise that what is left of it may reach. */
  private static final double AROUND = 0.02;

  private final Search search;
  private final double range;
  private final double least;
  private final double most;
  private final RiseFit fit;

  Composition(Search search, LogBins bins, double[] y, NoiseModel noise, double range) {
    this.search = search;
    this.range = range;
    this.least = LEAST_SHARE * range;
    this.most =
        GREATEST_SHARE * (Arrays.stream(y).max().orElse(0) - Arrays.stream(y).min().orElse(0));
    this.fit = new RiseFit(search, y, bins.weights, most);
    grow();
    split();
    if (size() < MOST - 1 && addPair(bins, noise)) {
      grow();
    }
    prune();
    double worth = Math.max(LEAST_WORTH, Math.min(bins.worth(), noise.effective));
    while (size() > 1 && simplify(1 + RISE_PARAMETERS * Math.log(worth) / worth)) {
      improve();
      prune();
    }
    fit.polish();
  }

  /** The fit at the cells. */
  double[] fitted() {
    return fit.fitted();
  }

  int size() {
    return fit.size();
  }

  double place(int k) {
    return search.rises.places[fit.chosen().get(k)];
  }

  double width(int k) {
    return search.rises.widths[fit.chosen().get(k)];
  }

  double size(int k) {
    return fit.size(k);
  }

  /**
   * Whether a cell is apart from all narrow rises. Where that leaves less than half, the narrowest
   * alone count.
   */
  boolean[] calm() {
    double[] x = search.rises.x;
    boolean[] calm = new boolean[x.length];
    Arrays.fill(calm, true);
    int left = x.length;
    List<Integer> narrow = new ArrayList<>(fit.chosen());
    narrow.removeIf(rise -> search.rises.widths[rise] >= WIDE);
    narrow.sort(Comparator.comparingDouble(rise -> search.rises.widths[rise]));
    for (int rise : narrow) {
      double reach = search.rises.widths[rise] + AROUND;
      for (int i = 0; i < x.length && 2 * left > x.length; i++) {
        if (calm[i] && Math.abs(x[i] - search.rises.places[rise]) <= reach) {
          calm[i] = false;
          left--;
        }
      }
    }
    return calm;
  }

  /** How far some of the rises stand out between two places when the others are taken away. */
  double score(List<Integer> members, double from, double to) {
    List<Integer> others = new ArrayList<>();
    for (int k = 0; k < size(); k++) {
      if (!members.contains(k)) {
        others.add(fit.chosen().get(k));
      }
    }
    Search.Bench bench = search.new Bench();
    double[] rest = fit.without(others);
    System.arraycopy(rest, 0, bench.values, 0, rest.length);
    bench.look();
    double greatest = 0;
    for (int k = 0; k < search.rises.size(); k++) {
      if (search.rises.places[k] >= from && search.rises.places[k] <= to) {
        greatest = Math.max(greatest, bench.score(k));
      }
    }
    return greatest;
  }

  /** Drift and the rises that are not of a region. */
  double[] around(Region region) {
    return fit.fittedWithout(region.members().stream().map(k -> fit.chosen().get(k)).toList());
  }

  private void grow() {
    while (size() < MOST && add()) {
      for (int sweep = 0; sweep < SWEEPS && size() > 1; sweep++) {
        improve();
      }
    }
  }

  /**
   * Two narrow rises for one wide, where that is closer: the first step towards stairs is a ramp.
   */
  private void split() {
    for (int k = size() - 1; k >= 0; k--) {
      if (k < size() && width(k) >= WIDE && size() < MOST) {
        RiseFit.State before = fit.state();
        boolean tame = !fit.isWild();
        List<Integer> others = new ArrayList<>(fit.chosen());
        others.remove(k);
        fit.place(others);
        if (!addNarrow(2) || !improved(before.squares()) || (tame && fit.isWild())) {
          fit.restore(before);
        }
      }
    }
  }

  private boolean improved(double old) {
    for (int sweep = 0; sweep < 2 * SWEEPS; sweep++) {
      improve();
    }
    return fit.squares() < CLOSER * old;
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
    Additions additions = fit.additions();
    int best = -1;
    for (int k = 0; k < additions.count(); k++) {
      boolean narrow = search.rises.widths[k] < WIDE && isFit(additions.size(k));
      if (narrow && (best < 0 || additions.gain(k) > additions.gain(best))) {
        best = k;
      }
    }
    if (best >= 0) {
      fit.place(with(best));
    }
    return best >= 0;
  }

  private List<Integer> with(int rise) {
    List<Integer> more = new ArrayList<>(fit.chosen());
    more.add(rise);
    return more;
  }

  /** A rise and its fall that are too close together for either to be seen alone. */
  private boolean addPair(LogBins bins, NoiseModel noise) {
    boolean found = false;
    for (Optional<Pair> pair = pair(bins, noise); pair.isPresent(); pair = pair(bins, noise)) {
      List<Integer> more = new ArrayList<>(fit.chosen());
      more.add(pair.get().rise());
      more.add(pair.get().fall());
      if (size() >= MOST - 1 || new HashSet<>(more).size() < more.size()) {
        break;
      }
      fit.place(more);
      found = true;
    }
    return found;
  }

  private Optional<Pair> pair(LogBins bins, NoiseModel noise) {
    double[] rest = fit.without(fit.chosen());
    search.drift.remove(rest);
    return Pair.in(rest, bins, noise, JumpDefinition.LARGE * range);
  }

  /** Adds the rise that stands out most, or the next where the fit would run wild with that. */
  private boolean add() {
    RiseFit.State before = fit.state();
    boolean tame = !fit.isWild();
    Additions additions = fit.additions();
    boolean[] refused = new boolean[additions.count()];
    for (int tries = 0; tries < TRIES; tries++) {
      int best = best(additions, refused);
      if (best < 0) {
        return false;
      }
      fit.place(with(best));
      if (fit.squares() < before.squares() * (1 - 1e-9) && !(tame && fit.isWild())) {
        return true;
      }
      fit.restore(before);
      refuse(best, refused);
    }
    return false;
  }

  private int best(Additions additions, boolean[] refused) {
    int best = -1;
    double greatest = LEAST_SCORE;
    for (int k = 0; k < refused.length; k++) {
      double score = additions.score(k);
      if (score > greatest && isFit(additions.size(k)) && !refused[k]) {
        greatest = score;
        best = k;
      }
    }
    return best;
  }

  /** Refuses what is much the same as well. */
  private void refuse(int rise, boolean[] refused) {
    Rises rises = search.rises;
    for (int k = 0; k < refused.length; k++) {
      double apart = Math.abs(rises.places[k] - rises.places[rise]);
      refused[k] |= k == rise || (rises.widths[k] == rises.widths[rise] && apart < rises.widths[k]);
    }
  }

  private boolean isFit(double size) {
    return Math.abs(size) >= least && Math.abs(size) <= most;
  }

  /** The rise that explains most of what the others leave. */
  private void improve() {
    for (int k = 0; k < size(); k++) {
      int old = fit.chosen().get(k);
      Additions additions = fit.additionsWithout(k);
      int best = old;
      for (int rise = 0; rise < additions.count(); rise++) {
        if (additions.gain(rise) > additions.gain(best)) {
          best = rise;
        }
      }
      if (best != old) {
        RiseFit.State before = fit.state();
        boolean tame = !fit.isWild();
        List<Integer> moved = new ArrayList<>(fit.chosen());
        moved.set(k, best);
        fit.place(moved);
        if (fit.squares() >= before.squares() || (tame && fit.isWild())) {
          fit.restore(before);
        }
      }
    }
  }

  private void prune() {
    for (int k = size() - 1; k >= 0; k--) {
      if (Math.abs(size(k)) < least) {
        List<Integer> others = new ArrayList<>(fit.chosen());
        others.remove(k);
        fit.place(others);
        k = size();
      }
    }
  }

  /**
   * Takes a rise away that the others can do without, by the Bayesian criterion (G. Schwarz, Ann.
   * Statist. 6, 1978): what was found one after the other may hold each other's mistakes.
   *
   * @param factor by which the squares may grow
   * @return whether there was one
   */
  private boolean simplify(double factor) {
    RiseFit.State before = fit.state();
    RiseFit.State best = before;
    boolean tame = !fit.isWild();
    double most = fit.polish() * factor;
    for (int k = 0; k < before.chosen().size(); k++) {
      fit.restore(before);
      List<Integer> others = new ArrayList<>(before.chosen());
      boolean wide = search.rises.widths[others.remove(k)] >= WIDE;
      fit.place(others);
      for (int sweep = 0; wide && sweep < SWEEPS; sweep++) {
        improve();
      }
      double now = tame && fit.isWild() ? Double.POSITIVE_INFINITY : fit.polish();
      if (now < most) {
        most = now;
        best = fit.state();
      }
    }
    fit.restore(best);
    return best.chosen().size() < before.chosen().size();
  }
}
