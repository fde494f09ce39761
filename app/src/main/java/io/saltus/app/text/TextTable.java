package io.saltus.app.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows under a heading, columns aligned; numbers to the right. */
public final class TextTable {

  private static final String GAP = "  ";

  private final List<String> heading;
  private final List<List<String>> rows = new ArrayList<>();
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
    rows.add(Arrays.stream(cells).map(Printable::of).toList());
    return this;
  }

  /** The lines, the heading first. */
  public List<String> lines() {
    int[] widths = new int[heading.size()];
    measure(heading, widths);
    rows.forEach(row -> measure(row, widths));
    List<String> lines = new ArrayList<>();
    lines.add(line(heading, widths));
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  private static void measure(List<String> row, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], width(row.get(i)));
    }
  }

  private String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String pad = " ".repeat(widths[i] - width(row.get(i)));
      line.append(i == 0 ? "" : GAP);
      line.append(right.get(i) ? pad + row.get(i) : row.get(i) + pad);
    }
    return line.toString().stripTrailing();
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
