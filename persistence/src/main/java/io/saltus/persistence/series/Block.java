package io.saltus.persistence.series;

import org.jspecify.annotations.Nullable;

/**
 * Consecutive values of a metric, and which of them stand out. Infinities count among the extremes;
 * of equal extremes the earliest is meant.
 *
 * @param count how many values, at least 1
 * @param least null where every value is NaN
 * @param greatest null where every value is NaN
 * @param notNumber the earliest NaN; null where there is none
 */
record Block(
    long count,
    Point first,
    Point last,
    @Nullable Point least,
    @Nullable Point greatest,
    @Nullable Point notNumber)
    implements Piece {

  /** Of one value. */
  static Block of(Point only) {
    return Double.isNaN(only.number())
        ? new Block(1, only, only, null, null, only)
        : new Block(1, only, only, only, only, null);
  }

  /** Of these values and the ones that follow them. */
  Block and(Block later) {
    return new Block(
        count + later.count,
        first,
        later.last,
        stronger(least, later.least, -1),
        stronger(greatest, later.greatest, 1),
        notNumber != null ? notNumber : later.notNumber);
  }

  private static @Nullable Point stronger(
      @Nullable Point earlier, @Nullable Point later, int sign) {
    if (earlier == null || later == null) {
      return earlier == null ? later : earlier;
    }
    // By the operators, for which the two zeros are equal.
    boolean beyond =
        sign < 0 ? later.number() < earlier.number() : later.number() > earlier.number();
    return beyond ? later : earlier;
  }
}
