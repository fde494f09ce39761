package io.saltus.persistence.series;

import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.MetricName;
import io.saltus.persistence.runs.Rewinds.Rewind;
import io.saltus.persistence.runs.StepRange;
import java.util.List;
import java.util.Map;

/**
 * What an index holds of some consecutive events of a run.
 *
 * @param until the last of these events
 * @param known the last event of the run that was known when it was made: rewinds up to it are
 *     accounted for
 * @param proof a checksum of the event {@code until}
 * @param steps that its frames cover
 * @param rewinds among its events, in their order
 * @param places where the frames of some steps stand, ascending in both
 * @param metrics that have values here
 */
record Segment(
    long until,
    long known,
    int proof,
    StepRange steps,
    List<Rewind> rewinds,
    List<Place> places,
    Map<MetricName, Blocks> metrics) {

  /**
   * Where a frame stands.
   *
   * @param step the first that it covers
   * @param sequence of its event
   */
  record Place(long step, long sequence) {}

  /**
   * The blocks of a metric.
   *
   * @param base how many values a block of the finest level has at most
   * @param levels where they stand, from the finest to a single block
   */
  record Blocks(ColumnKind kind, long count, int base, List<Section> levels) {

    Blocks {
      levels = List.copyOf(levels);
    }
  }

  /**
   * Where the blocks of a level stand.
   *
   * @param position in the file
   */
  record Section(long position, int bytes, int checksum, int blocks) {}

  Segment {
    rewinds = List.copyOf(rewinds);
    places = List.copyOf(places);
    metrics = Map.copyOf(metrics);
  }

  /** How many values of a metric lie in a range, if they are spread evenly. */
  double estimate(MetricName metric, StepRange range) {
    Blocks blocks = metrics.get(metric);
    if (blocks == null) {
      return 0;
    }
    double all = (double) steps.until() - steps.from() + 1;
    double some =
        (double) Math.min(steps.until(), range.until()) - Math.max(steps.from(), range.from()) + 1;
    return Math.max(0, some) / all * blocks.count();
  }
}
