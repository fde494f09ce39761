package io.saltus.analysis.jump;

/** From low to high, both included; both NaN when there is none. */
public record Interval(double low, double high) {

  static final Interval NONE = new Interval(Double.NaN, Double.NaN);

  /** The middle share of sorted values that are numbers; none of fewer than 20. */
  static Interval of(double[] sorted, double share) {
    int n = sorted.length;
    if (n < 20) {
      return NONE;
    }
    int cut = (int) Math.floor((1 - share) / 2 * n);
    return new Interval(sorted[cut], sorted[n - 1 - cut]);
  }
}
