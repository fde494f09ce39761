package io.saltus.analysis.change;

import io.saltus.analysis.change.OpenLine.Closed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Changes of the slope of a line that does not jump: the continuous piecewise linear function, with
 * knots at observations, that has the least sum of squared errors plus a penalty per change. Exact.
 *
 * <p>Why: lines that need not meet, as those of {@link ChangeModel#SLOPE}, put a jump at every
 * change. Lines that meet share the level at a knot, so the costs of segments do not add up, and
 * optimal partitioning with the pruning of PELT is not valid.
 *
 * <p>How: CPOP [1, §3]. For each choice of knots the cost so far is a quadratic function of the
 * level at the last observation. Functional pruning: a choice may be continued by a knot there only
 * if it is the cheapest for some level. Inequality pruning: a choice is dropped for good when it
 * costs over two penalties more than the least [1]; and, which holds for each level on its own as
 * the inequality of PELT [2, Theorem 3.1] holds for whole costs, when there is no level for which
 * it costs at most one penalty more than the cheapest choice, because a knot there lets that one go
 * on along the same line.
 *
 * <p>Cost: about n² time where changes are few, more with the number of choices that are cheapest
 * for some level, less where changes are dense; memory in the number of choices that are left.
 * Measured, processor time of one thread at 2.5 GHz: 4,000 values of noise 10 s, of a noisy
 * triangle wave with nine corners 8 s, with a corner every 25 values 0.4 s; worst are curved
 * trends, which lines fit at many places alike: 91 s for 2,000 values of a noisy parabola. At most
 * {@value #MOST} observations.
 *
 * <p>[1] P. Fearnhead, R. Maidstone, A. Letchford, "Detecting changes in slope with an L₀ penalty",
 * Journal of Computational and Graphical Statistics 28 (2019). [2] R. Killick, P. Fearnhead, I.
 * Eckley, JASA 107 (2012).
 */
public final class ContinuousSlopeChanges {

  /** Most observations. */
  public static final int MOST = 5_000;

  /** Costs that differ by less than this, relative to the least, are equal: ties. */
  private static final double TIE = 1e-12;

  /** Part of the total sum of squares that is rounding. */
  private static final double ROUNDING = 1e-26;

  /** So that no margin is 0. */
  private static final double LEAST_TIE = 1e-280;

  /** Abscissae, as part of their range; their squares still have all digits. */
  private static final double CLOSEST = 1e-100;

  /** Median of the absolute value of a standard normal variable. */
  private static final double NORMAL_MEDIAN = 0.6744897501960817;

  private final double[] abscissae;
  private final double[] values;

  private ContinuousSlopeChanges(double[] abscissae, double[] values) {
    this.abscissae = abscissae;
    this.values = values;
  }

  /**
   * The changes of a series at even steps: the abscissae are 0, 1, 2, …
   *
   * @param values at least one, all finite; not copied, and not to change while this is used
   * @throws IllegalArgumentException when a value is not finite or there are too many
   */
  public static ContinuousSlopeChanges of(double[] values) {
    double[] abscissae = new double[values.length];
    for (int i = 0; i < abscissae.length; i++) {
      abscissae[i] = i;
    }
    return of(abscissae, values);
  }

  /**
   * The changes of a series at uneven steps.
   *
   * @param abscissae one per value, finite, strictly ascending; not copied either
   * @throws IllegalArgumentException as above, and when the abscissae do not ascend
   */
  public static ContinuousSlopeChanges of(double[] abscissae, double[] values) {
    Observations.check(values);
    if (values.length > MOST) {
      throw new IllegalArgumentException(
          "changes of a continuous slope are sought in at most %d observations, and there are %d"
              .formatted(MOST, values.length));
    }
    if (abscissae.length != values.length) {
      throw new IllegalArgumentException(
          abscissae.length + " abscissae for " + values.length + " observations");
    }
    for (int i = 0; i < abscissae.length; i++) {
      if (!Double.isFinite(abscissae[i]) || (i > 0 && !(abscissae[i] > abscissae[i - 1]))) {
        throw new IllegalArgumentException(
            "abscissae must be finite and ascend: number %d is %s".formatted(i, abscissae[i]));
      }
    }
    double range = abscissae[abscissae.length - 1] - abscissae[0];
    for (int i = 1; i < abscissae.length; i++) {
      if (!((abscissae[i] - abscissae[i - 1]) / range > CLOSEST)) {
        throw new IllegalArgumentException(
            "abscissae %s and %s are too close together in a range of %s"
                .formatted(abscissae[i - 1], abscissae[i], range));
      }
    }
    return new ContinuousSlopeChanges(abscissae, values);
  }

  /**
   * The variance of the noise as independent normal noise would have it: from the median of the
   * absolute differences between a value and the line through its two neighbours, which a slope,
   * and a few changes, leave as they are; at least that of rounding to the quantum, q²/12. Of
   * autocorrelated noise it knows nothing: give {@link #defaultPenalty(double)} the long-run
   * variance then.
   *
   * @return 0 for fewer than three observations, and for a line without noise
   */
  public double variance() {
    int n = values.length;
    if (n < 3) {
      return 0;
    }
    double[] sizes = new double[n - 2];
    for (int i = 1; i < n - 1; i++) {
      double right = (abscissae[i] - abscissae[i - 1]) / (abscissae[i + 1] - abscissae[i - 1]);
      double left = 1 - right;
      // Differences first: they keep the digits of a high level.
      double off = left * (values[i] - values[i - 1]) + right * (values[i] - values[i + 1]);
      sizes[i - 1] = Math.abs(off) / Math.sqrt(1 + left * left + right * right);
    }
    double deviation = Observations.median(sizes) / NORMAL_MEDIAN;
    double quantum = Noise.quantum(values);
    return Math.max(deviation * deviation, quantum * quantum / 12);
  }

  /** The penalty when nobody says otherwise, with the estimated variance. */
  public double defaultPenalty() {
    return defaultPenalty(variance());
  }

  /**
   * The penalty of the Bayesian information criterion for a change's place and slope [1]: 2·σ²·log
   * n.
   *
   * @param variance of the noise, from 0
   */
  public double defaultPenalty(double variance) {
    if (!(variance >= 0) || variance == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("the variance of the noise is " + variance);
    }
    return 2 * variance * Math.log(Math.max(2, values.length));
  }

  /**
   * The broken line whose squared errors plus penalties are least. Of several, the one with the
   * fewest changes, then with the earliest last one.
   *
   * @param penalty of each change, at least 0 and finite
   */
  public BrokenLine penalised(double penalty) {
    Observations.checkPenalty(penalty);
    Trend trend = Trend.of(abscissae, values);
    double[] x = trend.steps();
    double[] y = trend.rests();
    double rounding = Math.max(ROUNDING * trend.squares(), LEAST_TIE);
    List<OpenLine> lines = new ArrayList<>();
    lines.add(OpenLine.first(y[0]));
    LowerEnvelope envelope = new LowerEnvelope();
    for (int i = 1; i < y.length; i++) {
      for (OpenLine line : lines) {
        line.observe(x[i - 1], y[i]);
      }
      // A penalty as dear as all that one line leaves is never worth paying.
      if (i < y.length - 1 && penalty < trend.squares()) {
        lines = continued(lines, envelope, i, penalty, rounding);
      }
    }
    return line(best(lines, rounding).closed(y.length - 1), trend, penalty);
  }

  /** The lines that may still become part of the best, and those that begin with a knot here. */
  private static List<OpenLine> continued(
      List<OpenLine> lines, LowerEnvelope envelope, int at, double penalty, double rounding) {
    double least = best(lines, rounding).least();
    double tie = TIE * least + rounding;
    envelope.clear();
    for (OpenLine line : lines) {
      envelope.take(line, tie);
    }
    List<OpenLine> kept = new ArrayList<>(lines.size() + 8);
    for (OpenLine line : lines) {
      if (line.least() <= least + 2 * penalty + tie
          && (line.isLikely(least + penalty) || envelope.reaches(line, penalty + tie))) {
        kept.add(line);
      }
    }
    envelope.breakInto(kept, at, penalty);
    // In the order of preference, so that the envelope and the end know ties.
    kept.sort(Comparator.comparingInt(OpenLine::changes).thenComparingInt(OpenLine::begun));
    return kept;
  }

  private static OpenLine best(List<OpenLine> lines, double rounding) {
    OpenLine best = lines.get(0);
    for (OpenLine line : lines) {
      if (line.least() < best.least() - TIE * best.least() - rounding) {
        best = line;
      }
    }
    return best;
  }

  /** From the last level back to the first. */
  private BrokenLine line(Closed end, Trend trend, double penalty) {
    List<Integer> positions = new ArrayList<>();
    List<Double> levels = new ArrayList<>();
    double level = end.level();
    positions.add(end.knot());
    levels.add(level);
    for (Closed line = end; line != null && line.knot() > 0; line = line.before()) {
      double slope = line.slope() + line.lean() * (level - line.level());
      level -= slope * trend.between(line.begun(), line.knot());
      positions.add(line.begun());
      levels.add(level);
    }
    Collections.reverse(positions);
    Collections.reverse(levels);
    List<Knot> knots = new ArrayList<>();
    for (int i = 0; i < positions.size(); i++) {
      int position = positions.get(i);
      knots.add(new Knot(position, abscissae[position], levels.get(i) + trend.at(position)));
    }
    List<Integer> inner =
        positions.size() < 3 ? List.of() : positions.subList(1, positions.size() - 1);
    double cost = trend.squaresAbout(positions, levels);
    return new BrokenLine(
        knots, new Segmentation(values.length, inner, cost, cost + penalty * inner.size()));
  }
}
