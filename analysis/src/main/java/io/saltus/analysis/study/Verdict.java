package io.saltus.analysis.study;

import io.saltus.experiment.jump.Interval;

/**
 * Whether an expectation holds.
 *
 * @param id of the expectation
 * @param title of the expectation
 * @param outcome whether it holds
 * @param evidence why, in words and numbers
 * @param estimate the number that the interval is about: the share of seeds that show it, in the
 *     cell where it is least, or the mean difference along an axis; NaN when there is none
 * @param interval 95 %: Wilson's for a share, the bootstrap's over seeds for a mean; none when
 *     there are too few seeds to say
 */
public record Verdict(
    String id, String title, Outcome outcome, String evidence, double estimate, Interval interval) {

  /** Whether an expectation holds. */
  public enum Outcome {
    /** It does. */
    OK,
    /** It does not, whatever the runs that are not finished will show. */
    NOT,
    /**
     * Runs that are not finished, or failed, or lack what it speaks of, could decide either way.
     */
    UNDECIDED
  }
}
