package io.saltus.app.filter;

import java.util.Comparator;
import java.util.OptionalInt;

/**
 * The order of texts that may be numbers: numbers by their value, then the others by their text.
 */
public final class FieldOrder {

  private FieldOrder() {}

  /** Least first. */
  public static Comparator<String> natural() {
    return FieldOrder::compare;
  }

  /** Greatest number first; what is no number, such as {@code NaN}, still comes after them. */
  public static Comparator<String> reversed() {
    return Comparator.comparing((String text) -> Quantity.parse(text).isEmpty())
        .thenComparing(Comparator.comparing((String text) -> text, FieldOrder::compare).reversed());
  }

  private static int compare(String left, String right) {
    OptionalInt numbers = Quantity.compare(left, right);
    if (numbers.isPresent()) {
      return numbers.getAsInt();
    }
    int kinds = Boolean.compare(Quantity.parse(left).isEmpty(), Quantity.parse(right).isEmpty());
    return kinds != 0 ? kinds : left.compareTo(right);
  }
}
