package io.saltus.app.server.live;

import io.saltus.experiment.metric.MetricName;
import io.saltus.persistence.projection.MetricStats;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * A run as it stands.
 *
 * @param state with at least its submission
 * @param submitted when
 * @param offset of its submission, which is the order of lists
 * @param lastOffset of its last event
 * @param lastTime of its last event
 * @param analyses the number of the last event of its analyses; 0 when there is none
 */
public record LiveRun(
    RunState state,
    Instant submitted,
    long offset,
    long lastOffset,
    Instant lastTime,
    long analyses) {

  private static final MetricName RATE = MetricName.STEPS_PER_SECOND;

  LiveRun with(RunState next, long eventOffset, Instant time) {
    return new LiveRun(next, submitted, offset, eventOffset, time, analyses);
  }

  LiveRun analysed(long sequence, long eventOffset, Instant time) {
    return new LiveRun(state, submitted, offset, eventOffset, time, sequence);
  }

  /** The run's id. */
  public String run() {
    return state.run().orElseThrow().value();
  }

  /** Steps a second, as last recorded; empty where it is not at work or nothing is known. */
  public OptionalDouble stepsPerSecond() {
    MetricStats rate = state.recorded().metrics().get(RATE);
    if (state.status() != RunStatus.RUNNING || rate == null) {
      return OptionalDouble.empty();
    }
    double last = rate.last().asDouble();
    return Double.isFinite(last) && last > 0 ? OptionalDouble.of(last) : OptionalDouble.empty();
  }

  /** Seconds until its last step, if it goes on like that. */
  public OptionalDouble etaSeconds() {
    OptionalDouble rate = stepsPerSecond();
    return rate.isPresent()
        ? OptionalDouble.of(Math.max(0, state.steps() - state.step()) / rate.getAsDouble())
        : OptionalDouble.empty();
  }
}
