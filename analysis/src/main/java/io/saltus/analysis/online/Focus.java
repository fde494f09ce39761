package io.saltus.analysis.online;

/**
 * Functional online CuSum: after each observation the largest log-likelihood ratio, over every
 * position that a change of the mean may have had and every size in both directions, of normal
 * observations with variance 1. The mean before is unknown.
 *
 * <p>Why: a CuSum or a sliding window has to be told the size or the age of the change; this one
 * loses nothing against the offline test of all positions, and is exact.
 *
 * <p>Cost: constant time on average to keep the candidates, which are the vertices of the lower
 * hull (rises) and the upper hull (falls) of the points (t, y₁ + … + yₜ), and time in their number,
 * about 2·ln n on noise, to look through them. No allocation but for the rare growth of the arrays.
 *
 * <p>[1] G. Romano, I. Eckley, P. Fearnhead, G. Rigaill, "Fast online changepoint detection via
 * functional pruning CUSUM statistics", JMLR 24 (2023), §3; the hull: [2] L. Pishchagina, G.
 * Romano, P. Fearnhead, V. Runge, G. Rigaill, "Online multivariate changepoint detection:
 * leveraging links with computational geometry", arXiv:2311.01174 (2023).
 */
public final class Focus {

  /** Larger values are taken for this: their squares would be infinite. */
  private static final double LARGEST = 1e100;

  private final Hull rises;
  private final Hull falls;
  private long count;

  /** The first value: sums are about it, so that a high level costs no digits. */
  private double origin;

  private double sum;
  private double statistic;
  private long change;
  private boolean upward;

  /** Nothing observed yet. */
  public Focus() {
    this(new Hull(), new Hull());
  }

  private Focus(Hull rises, Hull falls) {
    this.rises = rises;
    this.falls = falls;
  }

  /**
   * Observes a value.
   *
   * @param value one that is not finite is passed over, and one beyond ±{@value #LARGEST} taken for
   *     that
   * @return the statistic
   */
  public double observe(double value) {
    if (!Double.isFinite(value)) {
      return statistic;
    }
    double clipped = Math.max(-LARGEST, Math.min(LARGEST, value));
    if (count == 0) {
      origin = clipped;
    }
    count++;
    sum += clipped - origin;
    double mean = sum / count;
    statistic = 0;
    change = 0;
    upward = false;
    int up = rises.steepest(count, mean);
    if (up > 0) {
      take(rises.at(up), rises.at(up) * mean - rises.sum(up), true);
    }
    int down = falls.steepest(count, -mean);
    if (down > 0) {
      take(falls.at(down), -falls.at(down) * mean - falls.sum(down), false);
    }
    rises.add(count, sum);
    falls.add(count, -sum);
    return statistic;
  }

  private void take(long position, double distance, boolean isRise) {
    double ratio = distance * distance * count / ((double) position * (count - position));
    if (ratio > statistic) {
      statistic = ratio;
      change = position;
      upward = isRise;
    }
  }

  /** Forgets everything. */
  public void restart() {
    rises.clear();
    falls.clear();
    count = 0;
    origin = 0;
    sum = 0;
    statistic = 0;
    change = 0;
    upward = false;
  }

  /** How many values were observed, those that are not finite left out. */
  public long count() {
    return count;
  }

  /** Twice the logarithm of the largest likelihood ratio, from 0. */
  public double statistic() {
    return statistic;
  }

  /** How many observations come before the likeliest change; 0 when the statistic is 0. */
  public long change() {
    return change;
  }

  /** Whether the likeliest change is a rise. */
  public boolean isRise() {
    return upward;
  }

  /** How many positions may still be the likeliest. */
  int candidates() {
    return rises.size() + falls.size() - 2;
  }

  /** One that goes on from here on its own. */
  public Focus copy() {
    Focus copy = new Focus(rises.copy(), falls.copy());
    copy.count = count;
    copy.origin = origin;
    copy.sum = sum;
    copy.statistic = statistic;
    copy.change = change;
    copy.upward = upward;
    return copy;
  }

  /** Whether this and another will say the same of all that follows. */
  public boolean isSameAs(Focus other) {
    return count == other.count
        && Double.compare(origin, other.origin) == 0
        && Double.compare(sum, other.sum) == 0
        && Double.compare(statistic, other.statistic) == 0
        && change == other.change
        && upward == other.upward
        && rises.isSameAs(other.rises)
        && falls.isSameAs(other.falls);
  }
}
