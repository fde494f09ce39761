package io.saltus.analysis.online;

import java.util.Arrays;

/**
 * A line through the medians of the first and the last third of some points, at the height at which
 * half of them lie above (J. Tukey, "Exploratory Data Analysis", 1977): nearly a third of them may
 * lie anywhere.
 */
record ResistantLine(double level, double slope) {

  /**
   * @param x ascending, at least three
   * @param y as many, finite
   */
  static ResistantLine of(double[] x, double[] y) {
    int third = x.length / 3;
    int rest = x.length - third;
    double run =
        median(Arrays.copyOfRange(x, rest, x.length)) - median(Arrays.copyOfRange(x, 0, third));
    double rise =
        median(Arrays.copyOfRange(y, rest, y.length)) - median(Arrays.copyOfRange(y, 0, third));
    double slope = run > 0 ? rise / run : 0;
    double[] levels = new double[x.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = y[i] - slope * x[i];
    }
    return new ResistantLine(median(levels), slope);
  }

  double at(double x) {
    return level + slope * x;
  }

  /** The middle value, or the middle of the two; sorts in place. */
  static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : values[middle - 1] / 2 + values[middle] / 2;
  }
}
