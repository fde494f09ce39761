package io.saltus.experiment.metric;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A columnar batch of metrics over consecutive steps: the unit that is persisted.
 *
 * @param from the first step it covers, at least 0
 * @param until the last step it covers, both included
 * @param columns each metric at most once, each with steps in [from, until]; metrics with no value
 *     in the frame have no column
 */
public record MetricFrame(long from, long until, List<Column> columns) {

  /**
   * @throws IllegalArgumentException when the range is empty, a column leaves it or stands twice
   */
  public MetricFrame {
    columns = List.copyOf(columns);
    if (from < 0 || until < from) {
      throw new IllegalArgumentException("a frame cannot cover steps " + from + " to " + until);
    }
    Set<MetricName> seen = new HashSet<>();
    for (Column column : columns) {
      Steps steps = column.steps();
      if (steps.size() > 0 && (steps.at(0) < from || steps.at(steps.size() - 1) > until)) {
        throw new IllegalArgumentException(
            column.name() + " has steps outside of its frame " + from + " to " + until);
      }
      if (!seen.add(column.name())) {
        throw new IllegalArgumentException("metric " + column.name() + " stands twice in a frame");
      }
    }
  }

  /** The column of a metric. */
  public Optional<Column> column(MetricName name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /**
   * The part of this frame in [first, last], both included.
   *
   * @throws IllegalArgumentException when they do not meet
   */
  public MetricFrame between(long first, long last) {
    if (first <= from && last >= until) {
      return this;
    }
    return new MetricFrame(
        Math.max(from, first),
        Math.min(until, last),
        columns.stream()
            .map(column -> column.between(first, last))
            .filter(column -> column.size() > 0)
            .toList());
  }
}
