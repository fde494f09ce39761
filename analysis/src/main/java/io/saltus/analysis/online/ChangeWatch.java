package io.saltus.analysis.online;

import java.util.Optional;

/**
 * Watches a growing series and raises when its level has changed against its running drift.
 *
 * <p>Why: an operator wants to know while the run is still going; and plain {@link Focus} alarms on
 * every learning curve, because those drift, are correlated and have heavy tails.
 *
 * <p>How: {@link Focus} on the clipped innovations of the series about a line in log(1 + step). An
 * alarm starts it anew, warm-up included, so that a second change within {@value #WARM_UP}
 * observations is not seen. The line forgets, so that a change that is small against correlated
 * noise is taken for drift before it can be raised.
 *
 * <p>The threshold was found by simulation: at {@value #DEFAULT_THRESHOLD} at most one alarm per
 * million observations without a change, on independent, heavy-tailed (t with 3 degrees of
 * freedom), quantised, binomial and AR(1) noise up to φ = 0.99, level or about a power law.
 * Independent noise with deviation σ: a jump of σ is raised after 43 observations (median), of 2σ
 * after 11, of 5σ after 5.
 *
 * <p>Cost: constant time on average for the innovations and about 2·ln n for {@link Focus}; no
 * allocation but at an alarm and, rarely, for growth.
 */
public final class ChangeWatch {

  /** Observations that are learnt from before anything can be raised. */
  public static final int WARM_UP = Innovations.WARM_UP;

  /** Of the statistic. */
  public static final double DEFAULT_THRESHOLD = 38;

  private final double threshold;
  private final Innovations innovations;
  private final Focus focus;
  private long count;
  private long start;

  private ChangeWatch(double threshold, Innovations innovations, Focus focus) {
    this.threshold = threshold;
    this.innovations = innovations;
    this.focus = focus;
  }

  /** One that has observed nothing. */
  public static ChangeWatch create() {
    return create(DEFAULT_THRESHOLD);
  }

  /**
   * One that has observed nothing.
   *
   * @param threshold of twice the logarithm of the likelihood ratio, above 0
   */
  public static ChangeWatch create(double threshold) {
    if (!(threshold > 0)) {
      throw new IllegalArgumentException("the threshold of an alarm is " + threshold);
    }
    return new ChangeWatch(threshold, new Innovations(), new Focus());
  }

  /**
   * Observes a value.
   *
   * @param step from 0, ascending; an observation with another is passed over
   * @param value one that is not finite is passed over
   * @return what it raises, most often nothing
   */
  public Optional<Suspicion> observe(double step, double value) {
    if (!Innovations.isUsable(step, value)) {
      return Optional.empty();
    }
    count++;
    double statistic = focus.observe(innovations.observe(step, value));
    if (statistic <= threshold) {
      return Optional.empty();
    }
    Suspicion raised =
        new Suspicion(count - 1, start + WARM_UP + focus.change(), statistic, focus.isRise());
    start = count;
    innovations.restart();
    focus.restart();
    return Optional.of(raised);
  }

  /** How many values were observed, those that were passed over left out. */
  public long count() {
    return count;
  }

  /** Of twice the logarithm of the likelihood ratio, from 0; 0 in the warm-up. */
  public double statistic() {
    return focus.statistic();
  }

  /** One that goes on from here on its own. */
  public ChangeWatch copy() {
    ChangeWatch copy = new ChangeWatch(threshold, innovations.copy(), focus.copy());
    copy.count = count;
    copy.start = start;
    return copy;
  }

  /** Whether this and another will say the same of all that follows. */
  public boolean isSameAs(ChangeWatch other) {
    return threshold == other.threshold
        && count == other.count
        && start == other.start
        && innovations.isSameAs(other.innovations)
        && focus.isSameAs(other.focus);
  }
}
