package io.saltus.persistence.projection;

import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import java.util.Comparator;

/**
 * The first passage of a level by an accuracy.
 *
 * @param level 0.5, 0.9 or 0.99
 * @param step the first recorded step whose value is at the level or above
 */
public record Crossing(MetricName metric, double level, long step) implements Comparable<Crossing> {

  private static final Comparator<Crossing> ORDER =
      Comparator.comparing(Crossing::metric).thenComparingDouble(Crossing::level);

  static final double[] LEVELS = {0.5, 0.9, 0.99};

  /** By metric, then by level. */
  @Override
  public int compareTo(Crossing other) {
    return ORDER.compare(this, other);
  }

  /**
   * Whether a value is at a level or above it, in the value's own kind: 900 right out of 1000 is
   * 0.9 as a single, which widened to a double lies below the double 0.9.
   */
  static boolean reaches(ScalarColumn column, int place, double level) {
    return column.kind() == ColumnKind.F32
        ? column.asDouble(place) >= (float) level
        : column.asDouble(place) >= level;
  }
}
