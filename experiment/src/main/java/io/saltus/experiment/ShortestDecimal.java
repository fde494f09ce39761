package io.saltus.experiment;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import com.fasterxml.jackson.core.io.schubfach.FloatToDecimal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Writes a floating-point number with the fewest decimal digits that read back to the same bits,
 * and of those the closest to the exact value.
 *
 * <p>Mostly Jackson's Schubfach (R. Giulietti, "The Schubfach way to render doubles", 2020) finds
 * it. What has one or two digits is looked for as follows.
 *
 * <p>{@link Double#toString} of JDK 17 and 18 sometimes writes more digits than needed (2e23 as
 * 1.9999999999999998E23, JDK-4511638), so texts and digests made with it would depend on the JDK.
 *
 * <p>The numbers that read back to a value form an interval around it. If a decimal of p digits
 * lies in it, then so does one of the two of p digits that enclose the value; and it is also a
 * decimal of p + 1 digits. So the search goes down from 17 digits (9 for singles), which always
 * suffice, and stops at the first length of which neither neighbour reads back. Rounding to the
 * nearest alone would not do: at powers of two the interval is wider above than below, and the
 * nearest decimal may miss it below where a farther one hits it above.
 *
 * <p>Format: plain notation for exponents from -5 to 20, else {@code d.ddde±x}; integers have no
 * fraction ({@code 1}, {@code -0}, {@code 1e21}). Not finite: {@code NaN}, {@code Infinity}, {@code
 * -Infinity}.
 */
public final class ShortestDecimal {

  private static final int PLAIN_FROM = -5;
  private static final int PLAIN_UNTIL = 20;
  private static final int DOUBLE_DIGITS = 17;
  private static final int FLOAT_DIGITS = 9;

  private ShortestDecimal() {}

  /** The shortest text that {@link Double#parseDouble} reads back to {@code value}. */
  public static String of(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    if (value == 0) {
      return Double.doubleToRawLongBits(value) == 0 ? "0" : "-0";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
      return Long.toString((long) value);
    }
    return layOut(DoubleToDecimal.toString(value))
        .orElseGet(
            () -> format(shortest(value, DOUBLE_DIGITS, text -> text.doubleValue() == value)));
  }

  /** The shortest text that {@link Float#parseFloat} reads back to {@code value}. */
  public static String of(float value) {
    if (!Float.isFinite(value)) {
      return Float.toString(value);
    }
    if (value == 0) {
      return Float.floatToRawIntBits(value) == 0 ? "0" : "-0";
    }
    return layOut(FloatToDecimal.toString(value))
        .orElseGet(() -> format(shortest(value, FLOAT_DIGITS, text -> text.floatValue() == value)));
  }

  /**
   * Lays out what Schubfach wrote, {@code 1.234E-5}; empty for one or two digits, where it does not
   * look for the shortest.
   */
  private static Optional<String> layOut(String text) {
    boolean negative = text.charAt(0) == '-';
    int end = text.indexOf('E') < 0 ? text.length() : text.indexOf('E');
    int dot = text.indexOf('.');
    String all = text.substring(negative ? 1 : 0, dot) + text.substring(dot + 1, end);
    int first = 0;
    while (all.charAt(first) == '0') {
      first++;
    }
    int last = all.length();
    while (all.charAt(last - 1) == '0') {
      last--;
    }
    if (last - first <= 2) {
      return Optional.empty();
    }
    int written = end == text.length() ? 0 : Integer.parseInt(text.substring(end + 1));
    int exponent = written + dot - (negative ? 1 : 0) - first - 1;
    return Optional.of((negative ? "-" : "") + layOut(all.substring(first, last), exponent));
  }

  private static String layOut(String digits, int exponent) {
    if (exponent < PLAIN_FROM || exponent > PLAIN_UNTIL) {
      String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
      return digits.charAt(0) + fraction + "e" + exponent;
    } else if (exponent < 0) {
      return "0." + "0".repeat(-exponent - 1) + digits;
    } else if (exponent >= digits.length() - 1) {
      return digits + "0".repeat(exponent - digits.length() + 1);
    }
    return digits.substring(0, exponent + 1) + "." + digits.substring(exponent + 1);
  }

  private static BigDecimal shortest(double value, int enough, Predicate<BigDecimal> readsBack) {
    // Most metrics need nearly all digits, so going down ends after a step or two.
    BigDecimal exact = new BigDecimal(value);
    BigDecimal best = exact;
    for (int digits = enough; digits > 0; digits--) {
      Optional<BigDecimal> shorter = neighbour(exact, digits, readsBack);
      if (shorter.isEmpty()) {
        break;
      }
      best = shorter.get();
    }
    return best;
  }

  private static Optional<BigDecimal> neighbour(
      BigDecimal exact, int digits, Predicate<BigDecimal> readsBack) {
    BigDecimal nearest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
    if (readsBack.test(nearest)) {
      return Optional.of(nearest);
    }
    boolean below = nearest.abs().compareTo(exact.abs()) < 0;
    BigDecimal other =
        exact.round(new MathContext(digits, below ? RoundingMode.UP : RoundingMode.DOWN));
    return Optional.of(other).filter(readsBack);
  }

  private static String format(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    String digits = stripped.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - stripped.scale();
    return (stripped.signum() < 0 ? "-" : "") + layOut(digits, exponent);
  }
}
