package io.saltus.persistence.projection;

import io.saltus.experiment.metric.ScalarColumn;

/**
 * What is kept of a scalar metric's series.
 *
 * <p>{@code first} and {@code last} are the values at the first and last recorded step, whatever
 * they are. {@code min} and {@code max} leave NaN out (infinities count) and are NaN only when
 * every value is; of equal values the first stays, so that -0 and 0 keep the order they came in.
 * Integers beyond 2^53 are compared as doubles.
 *
 * @param firstStep of the first value
 * @param lastStep of the last value
 * @param count how many values, NaN included, at least 1
 */
public record MetricStats(
    Scalar first, Scalar last, Scalar min, Scalar max, long firstStep, long lastStep, long count) {

  /**
   * Of one column.
   *
   * @param column not empty
   */
  static MetricStats of(ScalarColumn column) {
    Scalar first = Scalar.of(column, 0);
    long step = column.steps().at(0);
    return new MetricStats(first, first, first, first, step, step, 0).and(column);
  }

  /** With the values of a further column, in the order of its steps. */
  MetricStats and(ScalarColumn column) {
    if (column.size() == 0) {
      return this;
    }
    int least = -1;
    int most = -1;
    double leastSoFar = min.asDouble();
    double mostSoFar = max.asDouble();
    for (int i = 0; i < column.size(); i++) {
      double value = column.asDouble(i);
      if (value < leastSoFar || (Double.isNaN(leastSoFar) && !Double.isNaN(value))) {
        leastSoFar = value;
        least = i;
      }
      if (value > mostSoFar || (Double.isNaN(mostSoFar) && !Double.isNaN(value))) {
        mostSoFar = value;
        most = i;
      }
    }
    return new MetricStats(
        first,
        Scalar.of(column, column.size() - 1),
        least < 0 ? min : Scalar.of(column, least),
        most < 0 ? max : Scalar.of(column, most),
        firstStep,
        column.steps().at(column.size() - 1),
        count + column.size());
  }
}
