package io.saltus.app.plot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Series over steps, drawn with characters: a field with two axes and a legend. */
public final class TerminalPlot {

  /** Rows of the field; 4n + 1, so that five marks stand in the middles of rows. */
  private static final int ROWS = 17;

  private static final int MARK_EVERY = 4;
  private static final int MARGIN = 8;

  private final int columns;
  private final StepAxis steps;
  private final ValueAxis values;
  private final boolean colours;
  private final List<Line> lines = new ArrayList<>();

  /**
   * @param width of all of it in characters
   * @param colours whether lines are coloured by ANSI escapes
   */
  public TerminalPlot(int width, StepAxis steps, ValueAxis values, boolean colours) {
    this.columns = Math.max(10, width - MARGIN - 1);
    this.steps = steps;
    this.values = values;
    this.colours = colours;
  }

  /** A new line to be drawn. */
  public Line line(String label, Style style) {
    Line line = new Line(label, style, steps, values, new Raster(style, ROWS, columns));
    lines.add(line);
    lines.sort(Comparator.comparing(Line::style).reversed());
    return line;
  }

  /** The drawing as lines of text. */
  public List<String> render() {
    List<String> text = new ArrayList<>();
    text.add(legend());
    for (int row = 0; row < ROWS; row++) {
      text.add((margin(row) + field(row)).stripTrailing());
    }
    text.addAll(axis());
    return text;
  }

  private String legend() {
    StringBuilder legend = new StringBuilder(" ".repeat(MARGIN));
    lines.stream()
        .sorted(Comparator.comparing(Line::style))
        .forEach(
            line ->
                legend
                    .append(ink(line, line.style().sample))
                    .append(' ')
                    .append(line.label())
                    .append("   "));
    return legend.toString().stripTrailing();
  }

  private String margin(int row) {
    if (row % MARK_EVERY != 0) {
      return " ".repeat(MARGIN - 1) + "│";
    }
    String label = values.label(1 - (double) row / (ROWS - 1));
    return String.format("%" + (MARGIN - 2) + "s ┤", label);
  }

  private String field(int row) {
    StringBuilder field = new StringBuilder();
    for (int column = 0; column < columns; column++) {
      field.append(cell(row, column));
    }
    return field.toString();
  }

  private String cell(int row, int column) {
    for (Line line : lines) {
      char drawn = line.at(row, column);
      if (drawn != ' ') {
        return ink(line, String.valueOf(drawn));
      }
    }
    return " ";
  }

  private String ink(Line line, String text) {
    return colours ? "\u001b[" + line.style().colour + "m" + text + "\u001b[0m" : text;
  }

  private List<String> axis() {
    StringBuilder rule = new StringBuilder("─".repeat(columns));
    StringBuilder labels = new StringBuilder(" ".repeat(MARGIN + columns + 1));
    int free = 0;
    for (StepAxis.Tick tick : steps.ticks()) {
      int column = (int) Math.round(tick.at() * (columns - 1));
      int middle = MARGIN + column - tick.label().length() / 2;
      int from = Math.min(middle, labels.length() - tick.label().length());
      rule.setCharAt(column, '┴');
      if (from >= free) {
        labels.replace(from, from + tick.label().length(), tick.label());
        free = from + tick.label().length() + 2;
      }
    }
    String name = steps.log() ? steps.name() + " (log)" : steps.name();
    String caption = " ".repeat(MARGIN + Math.max(0, (columns - name.length()) / 2)) + name;
    return List.of(" ".repeat(MARGIN - 1) + "└" + rule, labels.toString().stripTrailing(), caption);
  }
}
