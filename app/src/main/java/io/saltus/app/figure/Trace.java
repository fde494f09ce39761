package io.saltus.app.figure;

import java.util.Arrays;
import java.util.Locale;

/**
 * A line through points that come with ascending pixels, drawn with at most two points for each
 * column of pixels: the least and the greatest value in it. So a million points take as much as a
 * thousand, and no extreme is lost.
 */
final class Trace {

  private final int columns;
  private final double[] least;
  private final double[] greatest;

  /**
   * @param columns how many pixels wide
   */
  Trace(int columns) {
    this.columns = columns;
    least = new double[columns + 1];
    greatest = new double[columns + 1];
    Arrays.fill(least, Double.NaN);
    Arrays.fill(greatest, Double.NaN);
  }

  /**
   * Adds a point.
   *
   * @param x in pixels from the left end
   * @param y in pixels; what is not finite is left out
   */
  void to(double x, double y) {
    int column = (int) Math.round(x);
    if (column < 0 || column > columns || !Double.isFinite(y)) {
      return;
    }
    least[column] = Double.isNaN(least[column]) ? y : Math.min(least[column], y);
    greatest[column] = Double.isNaN(greatest[column]) ? y : Math.max(greatest[column], y);
  }

  /** The data of an SVG path that begins at {@code left}. */
  String path(double left) {
    StringBuilder path = new StringBuilder();
    double last = Double.NaN;
    for (int column = 0; column <= columns; column++) {
      if (Double.isNaN(least[column])) {
        continue;
      }
      boolean falling = Math.abs(last - greatest[column]) < Math.abs(last - least[column]);
      double first = falling ? greatest[column] : least[column];
      double second = falling ? least[column] : greatest[column];
      append(path, left + column, first);
      if (Math.abs(second - first) >= 0.1) {
        append(path, left + column, second);
      }
      last = second;
    }
    return path.toString();
  }

  private static void append(StringBuilder path, double x, double y) {
    path.append(path.length() == 0 ? 'M' : 'L')
        .append(String.format(Locale.ROOT, "%.0f %.1f", x, y));
  }
}
