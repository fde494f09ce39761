package io.saltus.persistence.series;

import io.saltus.experiment.metric.MetricName;
import java.util.List;

/**
 * A metric over a range of steps, with some of its values left out.
 *
 * @param total how many values the range has
 * @param points first, last, least and greatest of stretches, and of NaN the first, in ascending
 *     steps; all where there are no more than were asked for
 */
public record ThinnedSeries(MetricName metric, long total, List<Point> points) {

  /** Copies the list. */
  public ThinnedSeries {
    points = List.copyOf(points);
  }
}
