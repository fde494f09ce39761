package io.saltus.actors;

import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.AttemptEnded;
import io.saltus.experiment.event.RunEvent.MetricsRecorded;
import io.saltus.experiment.event.RunEvent.NonFiniteObserved;
import io.saltus.experiment.event.RunEvent.RunCompleted;
import io.saltus.experiment.event.RunEvent.RunFailed;
import io.saltus.experiment.event.RunEvent.RunPaused;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.spec.UntilRule;
import java.util.List;
import java.util.Optional;

/** The events with which an attempt goes on and ends, each list to be journalled at once. */
final class TrainerEvents {

  private TrainerEvents() {}

  static List<RunEvent> goesOn(int attempt, MetricFrame frame) {
    return List.of(new MetricsRecorded(attempt, frame));
  }

  static List<RunEvent> completes(int attempt, MetricFrame frame, Optional<UntilRule> rule) {
    return List.of(
        new MetricsRecorded(attempt, frame),
        new AttemptEnded(attempt, AttemptEnd.COMPLETED, ""),
        new RunCompleted(frame.until(), rule));
  }

  static List<RunEvent> notFinite(int attempt, MetricFrame frame, MetricName metric) {
    String message = metric + " was not finite at step " + frame.until();
    return List.of(
        new MetricsRecorded(attempt, frame),
        new NonFiniteObserved(attempt, frame.until(), metric),
        new AttemptEnded(attempt, AttemptEnd.NON_FINITE, message),
        new RunFailed(frame.until(), AttemptEnd.NON_FINITE, message));
  }

  static List<RunEvent> pauses(int attempt, MetricFrame frame, String reason) {
    return List.of(
        new MetricsRecorded(attempt, frame),
        new AttemptEnded(attempt, AttemptEnd.PAUSED, reason),
        new RunPaused(frame.until(), reason));
  }

  /** The chunk under way is given up; the run rests where the journal ends. */
  static List<RunEvent> givesUp(int attempt, long step, String reason) {
    String message = "the chunk after step " + step + " did not end in time for a pause";
    return List.of(
        new AttemptEnded(attempt, AttemptEnd.HUNG, message), new RunPaused(step, reason));
  }

  static List<RunEvent> fails(int attempt, long step, AttemptEnd cause, String message) {
    return List.of(new AttemptEnded(attempt, cause, message), new RunFailed(step, cause, message));
  }
}
