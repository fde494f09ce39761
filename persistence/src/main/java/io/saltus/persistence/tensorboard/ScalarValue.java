package io.saltus.persistence.tensorboard;

import io.saltus.experiment.ShortestDecimal;

/** A number in the kind that it is written in. */
public sealed interface ScalarValue {

  /** An IEEE single. */
  record Single(float value) implements ScalarValue {}

  /** An IEEE double. */
  record Real(double value) implements ScalarValue {}

  /** An integer. */
  record Whole(long value) implements ScalarValue {}

  /** A number as people would write it: without a fraction where it has none. */
  static String text(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1L << 53
        ? Long.toString((long) number)
        : ShortestDecimal.of(number);
  }
}
