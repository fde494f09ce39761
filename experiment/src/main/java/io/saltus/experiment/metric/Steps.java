package io.saltus.experiment.metric;

import java.util.Arrays;

/** Strictly ascending steps, from 0. Immutable. */
public final class Steps {

  private static final Steps NONE = new Steps(new long[0]);

  private final long[] steps;

  private Steps(long[] steps) {
    this.steps = steps;
  }

  /** No step. */
  public static Steps none() {
    return NONE;
  }

  /**
   * These steps.
   *
   * @throws IllegalArgumentException when they are negative or not strictly ascending
   */
  public static Steps of(long... steps) {
    long before = -1;
    for (long step : steps) {
      if (step <= before) {
        throw new IllegalArgumentException(
            "steps must ascend from 0: " + step + " follows " + before);
      }
      before = step;
    }
    return new Steps(steps.clone());
  }

  /** How many. */
  public int size() {
    return steps.length;
  }

  /** The step at a place, from 0. */
  public long at(int place) {
    return steps[place];
  }

  /** A copy. */
  public long[] toArray() {
    return steps.clone();
  }

  /** The first place whose step is at least {@code step}; {@link #size} when there is none. */
  public int firstAtLeast(long step) {
    int found = Arrays.binarySearch(steps, step);
    return found >= 0 ? found : -found - 1;
  }

  /** The first place whose step is above {@code step}; {@link #size} when there is none. */
  public int firstAfter(long step) {
    int found = Arrays.binarySearch(steps, step);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** The steps from place {@code from} up to but not including place {@code until}. */
  public Steps slice(int from, int until) {
    return from == 0 && until == steps.length
        ? this
        : new Steps(Arrays.copyOfRange(steps, from, until));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Steps that && Arrays.equals(steps, that.steps);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(steps);
  }

  @Override
  public String toString() {
    return Arrays.toString(steps);
  }
}
