package io.saltus.app.csv;

import java.util.regex.Pattern;

/**
 * Decimal numbers as they stand in tables: {@code -1.5e-3}, and none of the other forms of Java.
 */
public final class Decimal {

  // Possessive: a number is read once, however long what is none looks like one.
  private static final Pattern FORM =
      Pattern.compile("[+-]?+(\\d++\\.?+\\d*+|\\.\\d++)([eE][+-]?+\\d{1,9}+)?+");

  private Decimal() {}

  /** Whether a text is a number in form, be it beyond the doubles. */
  static boolean isForm(String stripped) {
    return FORM.matcher(stripped).matches();
  }

  /** The finite number that a text is; NaN when it is none, or one beyond the doubles. */
  public static double number(String stripped) {
    if (!isForm(stripped)) {
      return Double.NaN;
    }
    double value = Double.parseDouble(stripped);
    return Double.isFinite(value) ? value : Double.NaN;
  }
}
