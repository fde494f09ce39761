package io.saltus.app.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows under a heading, columns aligned; numbers to the right. */
public final class TextTable {

  private static final String GAP = "  ";

  private final List<String> heading;
  private final List<String[]> rows = new ArrayList<>();
  private final List<Boolean> right;

  private TextTable(List<String> heading, List<Boolean> right) {
    this.heading = heading;
    this.right = right;
  }

  /** A table with these columns; a name that begins with {@code >} is aligned to the right. */
  public static TextTable of(String... columns) {
    List<String> names = new ArrayList<>();
    List<Boolean> right = new ArrayList<>();
    for (String column : columns) {
      right.add(column.startsWith(">"));
      names.add(column.startsWith(">") ? column.substring(1) : column);
    }
    return new TextTable(List.copyOf(names), List.copyOf(right));
  }

  /** Adds a row; cells are made safe for a terminal. */
  public TextTable row(String... cells) {
    if (cells.length != heading.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells for " + heading.size() + " columns");
    }
    String[] safe = new String[cells.length];
    for (int i = 0; i < cells.length; i++) {
      safe[i] = Printable.of(cells[i]);
    }
    rows.add(safe);
    return this;
  }

  /** The lines, the heading first. */
  public List<String> lines() {
    int[] widths = new int[heading.size()];
    String[] names = heading.toArray(String[]::new);
    measure(names, widths);
    rows.forEach(row -> measure(row, widths));
    List<String> lines = new ArrayList<>(rows.size() + 1);
    lines.add(line(names, widths));
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  private static void measure(String[] row, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], width(row[i]));
    }
  }

  private String line(String[] row, int[] widths) {
    StringBuilder line = new StringBuilder(IntStream.of(widths).sum() + GAP.length() * row.length);
    for (int i = 0; i < widths.length; i++) {
      line.append(i == 0 ? "" : GAP);
      int missing = widths[i] - width(row[i]);
      if (right.get(i)) {
        pad(line, missing);
        line.append(row[i]);
      } else {
        line.append(row[i]);
        pad(line, missing);
      }
    }
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == ' ') {
      end--;
    }
    return line.substring(0, end);
  }

  private static void pad(StringBuilder line, int spaces) {
    for (int i = 0; i < spaces; i++) {
      line.append(' ');
    }
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
