package io.saltus.app.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * One metric of several groups over steps, three rows each: the greatest value over the group's
 * members, the median, and the least. A height is one of eight.
 */
public final class BandStrips {

  private static final String HEIGHTS = " ▁▂▃▄▅▆▇█";

  private final int width;
  private final StepAxis steps;
  private final ValueAxis values;
  private final List<Strip> strips = new ArrayList<>();

  /** A value of a group at a step. */
  public record Point(long step, double min, double median, double max) {}

  /** A group with its points in ascending order of steps. */
  public record Strip(String label, List<Point> points) {
    /** Copies the points. */
    public Strip {
      points = List.copyOf(points);
    }
  }

  /**
   * @param width of all of it in characters
   */
  public BandStrips(int width, StepAxis steps, ValueAxis values) {
    this.width = width;
    this.steps = steps;
    this.values = values;
  }

  /** Adds a group below those that are there. */
  public void add(Strip strip) {
    strips.add(strip);
  }

  /** The drawing as lines of text. */
  public List<String> render() {
    int margin = strips.stream().mapToInt(strip -> strip.label().length()).max().orElse(0) + 8;
    int columns = Math.max(10, width - margin);
    List<String> lines = new ArrayList<>();
    for (Strip strip : strips) {
      lines.add(row(" ", "max", strip, margin, columns, Point::max));
      lines.add(row(strip.label(), "median", strip, margin, columns, Point::median));
      lines.add(row(" ", "min", strip, margin, columns, Point::min));
    }
    String legend =
        "height: "
            + values.label(0)
            + " to "
            + values.label(1)
            + "; "
            + steps.name()
            + " 0 to "
            + String.format(Locale.ROOT, "%,d", steps.last())
            + (steps.log() ? ", logarithmic" : "");
    lines.add(" ".repeat(Math.max(0, Math.min(margin, width - legend.length()))) + legend);
    return lines;
  }

  private String row(
      String label,
      String what,
      Strip strip,
      int margin,
      int columns,
      ToDoubleFunction<Point> value) {
    StringBuilder line = new StringBuilder();
    line.append(label).append(" ".repeat(Math.max(1, margin - 7 - label.length())));
    line.append(" ".repeat(6 - what.length())).append(what).append(' ');
    line.setLength(margin);
    double[] field = new double[columns];
    Arrays.fill(field, Double.NaN);
    int from = 0;
    double last = Double.NaN;
    for (Point point : strip.points()) {
      int column = (int) Math.round(steps.at(point.step()) * (columns - 1));
      Arrays.fill(field, from, Math.max(from, column), last);
      last = value.applyAsDouble(point);
      field[column] = last;
      from = column + 1;
    }
    for (double each : field) {
      line.append(
          Double.isNaN(each)
              ? ' '
              : HEIGHTS.charAt(1 + (int) Math.min(7, Math.floor(values.at(each) * 8))));
    }
    return line.toString().stripTrailing();
  }
}
