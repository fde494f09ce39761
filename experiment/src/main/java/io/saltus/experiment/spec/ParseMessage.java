package io.saltus.experiment.spec;

import com.typesafe.config.ConfigException;

/** The library's own errors in our form. */
final class ParseMessage {

  private static final int LONGEST = 200;

  private ParseMessage() {}

  /** Its message without the place. */
  static String of(ConfigException e) {
    String message = String.valueOf(e.getMessage());
    if (e.origin() != null && message.startsWith(e.origin().description() + ": ")) {
      message = message.substring(e.origin().description().length() + 2);
    }
    StringBuilder clean = new StringBuilder();
    message
        .codePoints()
        .limit(LONGEST)
        .forEach(c -> clean.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
    return "is not valid HOCON: " + clean;
  }

  static String where(ConfigException e, Problems problems, String otherwise) {
    return e.origin() == null ? otherwise : problems.where(e.origin());
  }
}
