package io.saltus.experiment.spec;

import io.saltus.experiment.ShortestDecimal;

/** Ranges of real parameters, tested and in words. */
final class Ranges {

  private Ranges() {}

  static boolean holds(Parameter.RealIn in, double value) {
    boolean above = in.leastIncluded() ? value >= in.least() : value > in.least();
    boolean below = in.mostIncluded() ? value <= in.most() : value < in.most();
    return Double.isFinite(value) && above && below;
  }

  /** {@code above 0 and below 1}, {@code from 0 to 10}, {@code of any size}. */
  static String of(Parameter.RealIn in) {
    boolean bounded = Double.isFinite(in.most());
    boolean bottom = Double.isFinite(in.least());
    if (bottom && in.leastIncluded() && bounded && in.mostIncluded()) {
      return "from " + ShortestDecimal.of(in.least()) + " to " + ShortestDecimal.of(in.most());
    }
    String lower =
        bottom
            ? (in.leastIncluded() ? "at least " : "above ") + ShortestDecimal.of(in.least())
            : "";
    String upper =
        bounded ? (in.mostIncluded() ? "at most " : "below ") + ShortestDecimal.of(in.most()) : "";
    String both = lower + (lower.isEmpty() || upper.isEmpty() ? "" : " and ") + upper;
    return both.isEmpty() ? "of any size" : both;
  }
}
