package io.saltus.analysis.change;

import java.util.Arrays;

/** What every search asks of the numbers it is given. */
final class Observations {

  /**
   * Between the least and the greatest value; beyond, the sum of their squares may exceed a double,
   * and below, squares lose digits and then vanish.
   */
  private static final double WIDEST = 1e145;

  private static final double NARROWEST = 1e-140;

  private Observations() {}

  /**
   * Refuses a series that cannot be searched.
   *
   * @return the difference between its greatest and its least value
   * @throws IllegalArgumentException when it is empty, a value is not finite, or the squares of its
   *     differences are no doubles
   */
  static double check(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("a series needs at least one observation");
    }
    double least = values[0];
    double most = values[0];
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException("observation " + i + " is " + values[i]);
      }
      least = Math.min(least, values[i]);
      most = Math.max(most, values[i]);
    }
    double range = most - least;
    if (range > WIDEST || (range > 0 && range < NARROWEST)) {
      throw new IllegalArgumentException(
          "observations from %s to %s: the squares of their differences are no doubles; scale them"
              .formatted(least, most));
    }
    return range;
  }

  /** Refuses a least length of segments that is none. */
  static void checkLength(int minLength) {
    if (minLength < 1) {
      throw new IllegalArgumentException("the least length of a segment is " + minLength);
    }
  }

  /** Refuses a penalty that is none. */
  static void checkPenalty(double penalty) {
    if (!(penalty >= 0) || penalty == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("the penalty of a change is " + penalty);
    }
  }

  /** The mean, without a sum that could exceed a double. */
  static double mean(double[] values) {
    double mean = 0;
    for (int i = 0; i < values.length; i++) {
      mean += (values[i] - mean) / (i + 1);
    }
    return mean;
  }

  /** The middle value, or the middle of the two; sorts in place. */
  static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1
        ? values[middle]
        : values[middle - 1] + (values[middle] - values[middle - 1]) / 2;
  }
}
