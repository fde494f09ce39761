package io.saltus.app.json;

import java.nio.charset.StandardCharsets;

/**
 * What UTF-8 can hold, which everything is stored and sent in. JSON can write half of a surrogate
 * pair, and that would be journalled as another text.
 */
public final class Utf8 {

  private Utf8() {}

  /** Whether a text can be written and read again: it has no half of a surrogate pair. */
  public static boolean holds(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /**
   * The beginning of a text.
   *
   * @param most how many chars at most; one fewer where the last would be half of a pair
   */
  public static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most > 0 && Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end);
  }
}
