package io.saltus.app.export;

import io.saltus.experiment.event.RunEvent.ImportOrigin;
import io.saltus.experiment.event.RunEvent.RunImported;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.persistence.runs.RecordedFrame;
import java.time.Instant;
import java.util.Optional;

/**
 * The wall times of a run's steps: when their frame was journalled. The frames of a log were all
 * journalled when it came in, so that its steps have the times of its {@code wall-seconds} instead,
 * where it has them, counted from then. They never go back.
 */
final class StepTimes {

  /** Some three hundred years: what lies beyond is no time. */
  private static final double LONGEST = 1e10;

  private static final double NANOS = 1e9;

  private final boolean log;
  private Optional<ScalarColumn> told = Optional.empty();
  private int next;
  private Instant begin;
  private double seconds;
  private Instant journalled;
  private Instant time;

  /**
   * @param imported how the run was brought in, if it was
   * @param begin when its first event was journalled
   */
  StepTimes(Optional<RunImported> imported, Instant begin) {
    this.log = imported.filter(from -> from.origin() != ImportOrigin.EXTERNAL).isPresent();
    this.begin = begin;
    this.journalled = begin;
    this.time = begin;
  }

  /** The frame that the steps to come stand in. */
  void enter(RecordedFrame frame) {
    journalled = frame.time();
    next = 0;
    told =
        log
            ? frame
                .frame()
                .column(MetricName.WALL_SECONDS)
                .filter(ScalarColumn.class::isInstance)
                .map(ScalarColumn.class::cast)
            : Optional.empty();
  }

  /** The time of a step of the frame, beyond those that were asked for. */
  Instant of(long step) {
    Instant now = told.isPresent() ? told(told.get(), step) : log ? time : journalled;
    time = notBefore(now);
    return time;
  }

  /** A time, or that of the last step where it is before it. */
  Instant notBefore(Instant other) {
    return other.isAfter(time) ? other : time;
  }

  /** Frames of runs that are computed here have the time of their last step. */
  private Instant told(ScalarColumn column, long step) {
    while (next < column.size() - 1 && column.steps().at(next) < step) {
      next++;
    }
    double passed = column.asDouble(next);
    if (!(passed >= 0 && passed < LONGEST)) {
      return time;
    }
    if (passed < seconds) {
      // A further attempt, which counts from its own beginning.
      begin = time;
    }
    seconds = passed;
    return begin.plusNanos(Math.round(passed * NANOS));
  }
}
