package io.saltus.actors;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.AttemptEnded;
import io.saltus.experiment.event.RunEvent.MetricsRecorded;
import io.saltus.experiment.event.RunEvent.NonFiniteObserved;
import io.saltus.experiment.event.RunEvent.RunCompleted;
import io.saltus.experiment.event.RunEvent.RunFailed;
import io.saltus.experiment.event.RunEvent.RunPaused;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.spec.UntilRule;
import io.saltus.persistence.projection.AttemptState;
import io.saltus.persistence.projection.RunState;
import java.util.List;
import java.util.Optional;

/**
 * The events with which an attempt goes on and ends, each list to be journalled at once, and what
 * they mean to whoever waits.
 */
final class TrainerEvents {

  private TrainerEvents() {}

  /** The number of the latest attempt; 0 before the first. */
  private static int attemptOf(RunState state) {
    return state.latestAttempt().map(AttemptState::attempt).orElse(0);
  }

  static List<RunEvent> begins(RunState state, Assignment assignment, SessionActor.Opened opened) {
    return List.of(
        new RunEvent.AttemptStarted(
            attemptOf(state) + 1,
            assignment.request().devices(),
            state.step(),
            opened.fingerprint(),
            opened.catalogue()));
  }

  static List<RunEvent> goesOn(RunState state, MetricFrame frame) {
    return List.of(new MetricsRecorded(attemptOf(state), frame));
  }

  static List<RunEvent> completes(RunState state, MetricFrame frame, Optional<UntilRule> rule) {
    return List.of(
        new MetricsRecorded(attemptOf(state), frame),
        new AttemptEnded(attemptOf(state), AttemptEnd.COMPLETED, ""),
        new RunCompleted(frame.until(), rule));
  }

  static List<RunEvent> notFinite(RunState state, MetricFrame frame, MetricName metric) {
    String message = metric + " was not finite at step " + frame.until();
    return List.of(
        new MetricsRecorded(attemptOf(state), frame),
        new NonFiniteObserved(attemptOf(state), frame.until(), metric),
        new AttemptEnded(attemptOf(state), AttemptEnd.NON_FINITE, message),
        new RunFailed(frame.until(), AttemptEnd.NON_FINITE, message));
  }

  static List<RunEvent> pauses(RunState state, MetricFrame frame, String reason) {
    return List.of(
        new MetricsRecorded(attemptOf(state), frame),
        new AttemptEnded(attemptOf(state), AttemptEnd.PAUSED, reason),
        new RunPaused(frame.until(), reason));
  }

  /** The chunk under way is given up; the run rests where the journal ends. */
  static List<RunEvent> givesUp(RunState state, String reason) {
    String message = "the chunk after step " + state.step() + " did not end in time for a pause";
    return List.of(
        new AttemptEnded(attemptOf(state), AttemptEnd.HUNG, message),
        new RunPaused(state.step(), reason));
  }

  static List<RunEvent> fails(
      RunState state, boolean attemptBegun, AttemptEnd cause, String message) {
    RunFailed failed = new RunFailed(state.step(), cause, message);
    return attemptBegun
        ? List.of(new AttemptEnded(attemptOf(state), cause, message), failed)
        : List.of(failed);
  }

  /** How a run came to rest by these events; empty when it did not. */
  static Optional<Settlement> settlement(RunId run, List<RunEvent> events) {
    if (events.isEmpty()) {
      return Optional.empty();
    }
    Optional<AttemptEnd> cause =
        events.stream()
            .filter(AttemptEnded.class::isInstance)
            .map(ended -> ((AttemptEnded) ended).cause())
            .findFirst();
    RunEvent last = events.get(events.size() - 1);
    if (last instanceof RunCompleted completed) {
      return Optional.of(new Settlement(run, RunOutcome.COMPLETED, completed.step(), cause, ""));
    } else if (last instanceof RunPaused paused) {
      return Optional.of(
          new Settlement(run, RunOutcome.PAUSED, paused.step(), cause, paused.reason()));
    } else if (last instanceof RunFailed failed) {
      return Optional.of(
          new Settlement(
              run,
              RunOutcome.FAILED,
              failed.step(),
              Optional.of(failed.cause()),
              failed.message()));
    }
    return Optional.empty();
  }

  /** How a run had come to rest, as its state says. */
  static Settlement settlement(RunId run, RunState state) {
    RunOutcome outcome =
        switch (state.status()) {
          case COMPLETED, IMPORTED -> RunOutcome.COMPLETED;
          case CANCELLED -> RunOutcome.CANCELLED;
          case PAUSED, QUEUED -> RunOutcome.PAUSED;
          case FAILED, RUNNING -> RunOutcome.FAILED;
        };
    Optional<AttemptState.Ending> ending = state.latestAttempt().flatMap(AttemptState::end);
    return new Settlement(
        run,
        outcome,
        state.step(),
        ending.map(AttemptState.Ending::cause),
        ending.map(AttemptState.Ending::message).orElse(""));
  }
}
