package io.saltus.app.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Times of several groups on one axis, a row each: every single one, their median and its interval.
 * Those of which only is known that they are later are drawn where they were seen last.
 */
public final class ForestPlot {

  private static final char SEED = '·';
  private static final char LATER = '›';
  private static final char SPAN = '─';
  private static final char MEDIAN = '●';
  private static final String LEGEND =
      SEED
          + " a seed   "
          + LATER
          + " not by then   "
          + MEDIAN
          + " median   "
          + SPAN
          + " its 95 % interval";

  private final int width;
  private final StepAxis steps;
  private final List<Row> rows = new ArrayList<>();

  /**
   * A group.
   *
   * @param reached times
   * @param later where those were seen last that are later
   * @param median not finite: none
   * @param low of the median's interval, and {@code high}; NaN where there is none, an infinite end
   *     is drawn to the edge
   */
  public record Row(
      String label, List<Long> reached, List<Long> later, double median, double low, double high) {

    /** Copies the lists. */
    public Row {
      reached = List.copyOf(reached);
      later = List.copyOf(later);
    }
  }

  /**
   * @param width of all of it in characters
   */
  public ForestPlot(int width, StepAxis steps) {
    this.width = width;
    this.steps = steps;
  }

  /** Adds a group below those that are there. */
  public void add(Row row) {
    rows.add(row);
  }

  /** The drawing as lines of text, the legend first. */
  public List<String> render() {
    int margin = rows.stream().mapToInt(row -> row.label().length()).max().orElse(0) + 1;
    int columns = Math.max(10, width - margin - 1);
    List<String> lines = new ArrayList<>();
    lines.add(" ".repeat(Math.max(0, Math.min(margin, width - LEGEND.length()))) + LEGEND);
    for (Row row : rows) {
      lines.add(
          (" ".repeat(margin - 1 - row.label().length()) + row.label() + "│" + field(row, columns))
              .stripTrailing());
    }
    lines.add(" ".repeat(margin - 1) + "└" + "─".repeat(columns));
    lines.add(labels(margin, columns));
    return lines;
  }

  private String field(Row row, int columns) {
    char[] field = new char[columns];
    Arrays.fill(field, ' ');
    if (!Double.isNaN(row.low())) {
      int from = at(row.low(), columns);
      int to = Double.isInfinite(row.high()) ? columns - 1 : at(row.high(), columns);
      Arrays.fill(field, from, to + 1, SPAN);
    }
    row.later().forEach(step -> field[at(step, columns)] = LATER);
    row.reached().forEach(step -> field[at(step, columns)] = SEED);
    if (Double.isFinite(row.median())) {
      field[at(row.median(), columns)] = MEDIAN;
    }
    return new String(field);
  }

  private int at(double step, int columns) {
    return (int) Math.round(steps.at(Math.round(step)) * (columns - 1));
  }

  private String labels(int margin, int columns) {
    StringBuilder line = new StringBuilder(" ".repeat(margin + columns));
    int free = 0;
    for (StepAxis.Tick tick : steps.ticks()) {
      int place = margin + (int) Math.round(tick.at() * (columns - 1));
      int from = Math.min(place, line.length() - tick.label().length());
      if (from >= free) {
        line.replace(from, from + tick.label().length(), tick.label());
        free = from + tick.label().length() + 2;
      }
    }
    // What is counted stands before the marks, where they leave room; a picture above says it too.
    String name = steps.name();
    return (name.length() < margin ? name + line.substring(name.length()) : line.toString())
        .stripTrailing();
  }
}
