package io.saltus.app.text;

import java.util.ArrayList;
import java.util.List;

/** A text in lines of a bearable width. */
public final class Paragraph {

  private Paragraph() {}

  /**
   * Breaks a text between its words; a word that is wider than a line stands alone.
   *
   * @param indent before each line
   * @param width of a line with its indent
   */
  public static List<String> of(String text, String indent, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : Printable.of(text).split(" ", -1)) {
      if (line.length() > 0 && length(line) + 1 + length(word) + indent.length() > width) {
        lines.add(indent + line);
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(indent + line);
    return lines;
  }

  private static int length(CharSequence text) {
    return (int) text.codePoints().count();
  }
}
