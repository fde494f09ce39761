package io.saltus.bench.judge.ground;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A Markdown table that is written row by row. */
public final class Table {

  private final int columns;
  private final List<String> lines = new ArrayList<>();

  private Table(String... heads) {
    columns = heads.length;
    row((Object[]) heads);
    lines.add("|" + "---|".repeat(columns));
  }

  /** One with such columns. */
  public static Table of(String... heads) {
    return new Table(heads);
  }

  /**
   * Adds a row.
   *
   * @param cells one per column, as their texts
   */
  public Table row(Object... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(cells.length + " cells for " + columns + " columns");
    }
    lines.add(
        Arrays.stream(cells).map(String::valueOf).collect(Collectors.joining(" | ", "| ", " |")));
    return this;
  }

  /** The table. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** The last cell of a row that something was asked of. */
  public static String met(boolean met) {
    return met ? "yes" : "**no**";
  }

  /** A number with so many decimals; a dash where there is none. */
  public static String number(double value, int decimals) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
