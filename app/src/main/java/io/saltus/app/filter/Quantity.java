package io.saltus.app.filter;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A number as it is written. Recorded values are compared by their shortest decimals, so that what
 * is shown as 0.9 is at least 0.9 whatever kind it was recorded in, and whole numbers of any size
 * are exact.
 */
final class Quantity {

  private static final Pattern FINITE =
      Pattern.compile("[+-]?([0-9]{1,40}(\\.[0-9]{0,40})?|\\.[0-9]{1,40})([eE][+-]?[0-9]{1,4})?");

  private final BigDecimal finite;
  private final double infinite;

  private Quantity(BigDecimal finite, double infinite) {
    this.finite = finite;
    this.infinite = infinite;
  }

  /** Empty for what is no number, and for {@code NaN}, which has no place among them. */
  static Optional<Quantity> parse(String text) {
    if (text.equals("Infinity") || text.equals("-Infinity")) {
      return Optional.of(new Quantity(BigDecimal.ZERO, Double.parseDouble(text)));
    }
    return FINITE.matcher(text).matches()
        ? Optional.of(new Quantity(new BigDecimal(text), 0))
        : Optional.empty();
  }

  /** The order of two texts; empty unless both are numbers. */
  static OptionalInt compare(String left, String right) {
    Optional<Quantity> a = parse(left);
    Optional<Quantity> b = parse(right);
    return a.isPresent() && b.isPresent()
        ? OptionalInt.of(a.get().compareTo(b.get()))
        : OptionalInt.empty();
  }

  private int compareTo(Quantity other) {
    int beyond = Double.compare(infinite, other.infinite);
    return beyond != 0 ? beyond : finite.compareTo(other.finite);
  }
}
