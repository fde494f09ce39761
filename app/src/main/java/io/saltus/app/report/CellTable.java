package io.saltus.app.report;

import io.saltus.app.study.CellSummary;
import io.saltus.app.text.Paragraph;
import io.saltus.app.text.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Cells in rows, no wider than a terminal: in one table where that fits, else in one for each
 * measure, else cell by cell.
 */
final class CellTable {

  private final int width;
  private final List<CellSummary> cells;

  /**
   * @param name a {@code >} before it aligns to the right
   * @param value of a cell
   */
  record Column(String name, Function<CellSummary, String> value) {
    private String plain() {
      return name.startsWith(">") ? name.substring(1) : name;
    }
  }

  CellTable(List<CellSummary> cells, int width) {
    this.cells = cells;
    this.width = width;
  }

  /**
   * The lines.
   *
   * @param axes which cell it is
   * @param about how its runs came out
   * @param measures what they measured
   */
  List<String> lines(List<Column> axes, List<Column> about, List<Column> measures) {
    List<String> one = table(joined(axes, about, measures));
    if (fits(one)) {
      return one;
    }
    List<String> several = new ArrayList<>();
    for (Column measure : measures) {
      several.addAll(
          table(several.isEmpty() ? joined(axes, about, List.of(measure)) : with(axes, measure)));
      several.add("");
    }
    several = several.isEmpty() ? several : several.subList(0, several.size() - 1);
    return !several.isEmpty() && fits(several)
        ? List.copyOf(several)
        : each(axes, joined(about, measures, List.of()));
  }

  private boolean fits(List<String> lines) {
    return lines.stream().allMatch(line -> line.codePointCount(0, line.length()) <= width);
  }

  private static List<Column> joined(List<Column> first, List<Column> then, List<Column> last) {
    return Stream.of(first, then, last).flatMap(List::stream).toList();
  }

  private static List<Column> with(List<Column> axes, Column measure) {
    return joined(axes, List.of(measure), List.of());
  }

  private List<String> table(List<Column> columns) {
    TextTable table = TextTable.of(columns.stream().map(Column::name).toArray(String[]::new));
    for (CellSummary cell : cells) {
      table.row(columns.stream().map(column -> column.value().apply(cell)).toArray(String[]::new));
    }
    return table.lines();
  }

  private List<String> each(List<Column> axes, List<Column> rest) {
    List<String> lines = new ArrayList<>();
    for (CellSummary cell : cells) {
      lines.addAll(Paragraph.of(row(axes, cell), "", width));
      lines.addAll(Paragraph.of(row(rest, cell), "  ", width));
    }
    return lines;
  }

  private static String row(List<Column> columns, CellSummary cell) {
    return String.join(
        ", ",
        columns.stream().map(column -> column.plain() + " " + column.value().apply(cell)).toList());
  }
}
