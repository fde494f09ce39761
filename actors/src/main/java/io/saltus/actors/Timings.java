package io.saltus.actors;

import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import java.util.ArrayList;
import java.util.List;

/** The metrics that say how fast a run went. They are in no digest and change no result. */
final class Timings {

  /** Updates per second of a chunk, at its last step; absent where a chunk has no update. */
  static final MetricName STEPS_PER_SECOND = MetricName.STEPS_PER_SECOND;

  /** Seconds since the session of the attempt was opened, at the last step of each chunk. */
  static final MetricName WALL_SECONDS = MetricName.WALL_SECONDS;

  private static final double NANOS_PER_SECOND = 1e9;

  private Timings() {}

  /** The catalogue with these metrics behind those of the session. */
  static Catalogue addTo(Catalogue catalogue) {
    List<MetricDescriptor> metrics = new ArrayList<>(catalogue.metrics());
    metrics.add(described(STEPS_PER_SECOND, "steps/s"));
    metrics.add(described(WALL_SECONDS, "s"));
    return new Catalogue(metrics);
  }

  /**
   * A frame with its timings.
   *
   * @param chunkNanos what its chunk took
   * @param wallNanos what had passed at its end since the session was opened
   */
  static MetricFrame addTo(MetricFrame frame, long chunkNanos, long wallNanos) {
    List<Column> columns = new ArrayList<>(frame.columns());
    // Step 0 is the initial state: evaluated, never updated.
    long updates = frame.until() - Math.max(frame.from(), 1) + 1;
    if (updates > 0 && chunkNanos > 0) {
      columns.add(at(frame.until(), STEPS_PER_SECOND, updates * NANOS_PER_SECOND / chunkNanos));
    }
    columns.add(at(frame.until(), WALL_SECONDS, wallNanos / NANOS_PER_SECOND));
    return new MetricFrame(frame.from(), frame.until(), columns);
  }

  private static MetricDescriptor described(MetricName name, String unit) {
    return new MetricDescriptor(name, "", ColumnKind.F64, 1, unit, "every frame", false, true);
  }

  private static Column at(long step, MetricName name, double value) {
    return new F64Column(name, Steps.of(step), new double[] {value});
  }
}
