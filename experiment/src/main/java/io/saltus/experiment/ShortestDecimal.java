package io.saltus.experiment;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Writes a floating-point number with the fewest decimal digits that read back to the same bits.
 *
 * <p>{@link Double#toString} of JDK 17 and 18 sometimes writes more digits than needed (2e23 as
 * 1.9999999999999998E23, JDK-4511638), so texts and digests made with it would depend on the JDK.
 * Here the digits are those of the exact value rounded half-even to the smallest precision that
 * round-trips; for a precision p that round-trips every larger one does too, so the search goes
 * down from the JDK's own length and stops at the first failure.
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
    BigDecimal exact = new BigDecimal(value);
    BigDecimal best = exact;
    for (int digits = Math.min(DOUBLE_DIGITS, digitsOf(Double.toString(value)));
        digits > 0;
        digits--) {
      BigDecimal candidate = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (candidate.doubleValue() != value) {
        break;
      }
      best = candidate;
    }
    return format(best);
  }

  /** The shortest text that {@link Float#parseFloat} reads back to {@code value}. */
  public static String of(float value) {
    if (!Float.isFinite(value)) {
      return Float.toString(value);
    }
    if (value == 0) {
      return Float.floatToRawIntBits(value) == 0 ? "0" : "-0";
    }
    BigDecimal exact = new BigDecimal(value);
    BigDecimal best = exact;
    for (int digits = Math.min(FLOAT_DIGITS, digitsOf(Float.toString(value)) + 1);
        digits > 0;
        digits--) {
      BigDecimal candidate = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (candidate.floatValue() != value) {
        break;
      }
      best = candidate;
    }
    return format(best);
  }

  private static int digitsOf(String jdk) {
    int digits = 0;
    for (int i = 0; i < jdk.length() && jdk.charAt(i) != 'E'; i++) {
      if (Character.isDigit(jdk.charAt(i))) {
        digits++;
      }
    }
    return digits;
  }

  private static String format(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    String digits = stripped.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - stripped.scale();
    String sign = stripped.signum() < 0 ? "-" : "";
    if (exponent >= PLAIN_FROM && exponent <= PLAIN_UNTIL) {
      return stripped.toPlainString();
    }
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    return sign + digits.charAt(0) + fraction + "e" + exponent;
  }
}
