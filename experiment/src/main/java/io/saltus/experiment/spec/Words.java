package io.saltus.experiment.spec;

import java.util.Collection;

/** The wording that problems share. */
final class Words {

  private static final int LONGEST_QUOTE = 60;

  private Words() {}

  /** A text of the user's between quotes, cut where it is long, without control characters. */
  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("'");
    text.codePoints()
        .limit(LONGEST_QUOTE)
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                quoted.append(String.format("\\u%04x", c));
              } else {
                quoted.appendCodePoint(c);
              }
            });
    return quoted
        .append(text.codePointCount(0, text.length()) > LONGEST_QUOTE ? "…'" : "'")
        .toString();
  }

  /** {@code unknown KIND 'x' (did you mean y?); allowed: a, b}. */
  static String unknown(String noun, String unknown, Collection<String> known) {
    String hint =
        Nearest.to(unknown, known).map(near -> " (did you mean " + near + "?)").orElse("");
    return "unknown "
        + noun
        + " "
        + quote(unknown)
        + hint
        + "; "
        + (known.isEmpty() ? "none is allowed here" : "allowed: " + String.join(", ", known));
  }

  /** {@code found F, expected E}. */
  static String found(String found, String expected) {
    return "found " + found + ", expected " + expected;
  }
}
