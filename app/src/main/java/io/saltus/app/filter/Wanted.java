package io.saltus.app.filter;

import java.util.OptionalInt;

/**
 * The value that a term compares with.
 *
 * @param text as it is meant, without quotes
 * @param plain whether it was written without quotes: then a number is compared as a number, and
 *     each {@code *} stands for any text
 */
record Wanted(String text, boolean plain) {

  static Wanted of(String text) {
    return new Wanted(text, true);
  }

  static Wanted exactly(String text) {
    return new Wanted(text, false);
  }

  boolean isNumber() {
    return Quantity.parse(text).isPresent();
  }

  boolean isPattern() {
    return plain && text.indexOf('*') >= 0;
  }

  boolean compares(Operator operator, String found) {
    OptionalInt order =
        plain || operator.isOrder() ? Quantity.compare(found, text) : OptionalInt.empty();
    if (order.isPresent()) {
      return operator.holds(order.getAsInt());
    }
    if (operator.isOrder()) {
      return false;
    }
    boolean equal = isPattern() ? fits(found) : found.equals(text);
    return equal == (operator == Operator.EQUAL);
  }

  /**
   * Whether a text fits the pattern: each piece between stars is looked for after the one before,
   * as early as possible, which finds a way wherever there is one, in time that grows with the
   * product of the lengths at most. (A regular expression of many stars would take far longer.)
   */
  private boolean fits(String found) {
    String[] pieces = text.split("\\*", -1);
    String first = pieces[0];
    String last = pieces[pieces.length - 1];
    if (!found.startsWith(first)
        || !found.endsWith(last)
        || found.length() < first.length() + last.length()) {
      return false;
    }
    int from = first.length();
    int end = found.length() - last.length();
    for (int i = 1; i < pieces.length - 1; i++) {
      int place = found.indexOf(pieces[i], from);
      if (place < 0 || place + pieces[i].length() > end) {
        return false;
      }
      from = place + pieces[i].length();
    }
    return true;
  }
}
