package io.saltus.app.text;

/**
 * Data made safe for a terminal: what a note, a tag or a file name holds must not move the cursor,
 * change colours or hide text.
 */
public final class Printable {

  private Printable() {}

  /**
   * {@code text} with control, direction and unassigned characters as {@code \x1b} or {@code
   * \u202e}.
   */
  public static String of(String text) {
    StringBuilder safe = null;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      int width = Character.charCount(point);
      if (isUnsafe(point)) {
        safe = safe == null ? new StringBuilder(text.substring(0, i)) : safe;
        safe.append(escape(point));
      } else if (safe != null) {
        safe.appendCodePoint(point);
      }
      i += width;
    }
    return safe == null ? text : safe.toString();
  }

  private static boolean isUnsafe(int point) {
    if (point >= ' ' && point <= '~') {
      return false;
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static String escape(int point) {
    return switch (point) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default ->
          point <= 0xff
              ? String.format("\\x%02x", point)
              : point <= 0xffff ? String.format("\\u%04x", point) : String.format("\\U%08x", point);
    };
  }
}
