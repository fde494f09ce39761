package io.saltus.actors;

import io.saltus.actors.reexecution.Difference;
import io.saltus.actors.reexecution.StartingPoint;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.AttemptEnded;
import io.saltus.experiment.event.RunEvent.CatchUpVerified;
import io.saltus.experiment.event.RunEvent.CheckpointDropped;
import io.saltus.experiment.event.RunEvent.CheckpointRejected;
import io.saltus.experiment.event.RunEvent.CheckpointSaved;
import io.saltus.experiment.event.RunEvent.Diverged;
import io.saltus.experiment.event.RunEvent.HistoryRewound;
import io.saltus.experiment.event.RunEvent.MetricsRecorded;
import io.saltus.experiment.event.RunEvent.NonFiniteObserved;
import io.saltus.experiment.event.RunEvent.RunCancelled;
import io.saltus.experiment.event.RunEvent.RunCompleted;
import io.saltus.experiment.event.RunEvent.RunDeleted;
import io.saltus.experiment.event.RunEvent.RunFailed;
import io.saltus.experiment.event.RunEvent.RunPaused;
import io.saltus.experiment.event.RunEvent.RunResumed;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.session.UntilProgress;
import io.saltus.persistence.projection.AttemptState;
import io.saltus.persistence.projection.CheckpointState;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
import java.util.ArrayList;
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
    List<RunEvent> events = new ArrayList<>();
    for (StartingPoint.Flaw flaw : opened.flaws()) {
      CheckpointState bad = flaw.checkpoint();
      events.add(new CheckpointRejected(bad.step(), bad.sha256(), flaw.reason()));
    }
    events.add(
        new RunEvent.AttemptStarted(
            attemptOf(state) + 1,
            assignment.request().devices(),
            opened.fromStep(),
            opened.fingerprint(),
            opened.catalogue()));
    return events;
  }

  static List<RunEvent> caughtUp(RunState state) {
    AttemptState attempt = state.latestAttempt().orElseThrow();
    return List.of(new CatchUpVerified(attempt.attempt(), attempt.fromStep() + 1, state.step()));
  }

  static List<RunEvent> diverges(RunState state, Difference difference) {
    String message =
        "step %d was executed again and gave another %s: %s is recorded, %s was recomputed"
            .formatted(
                difference.step(),
                difference.subject(),
                difference.recorded(),
                difference.recomputed());
    return List.of(
        diverged(state, difference),
        new AttemptEnded(attemptOf(state), AttemptEnd.DIVERGED, message),
        new RunFailed(state.step(), AttemptEnd.DIVERGED, message));
  }

  /** The checkpoints of what a rewind supersedes: no attempt can begin from them any more. */
  static List<CheckpointState> rewound(RunState state) {
    long toStep = state.latestAttempt().orElseThrow().fromStep();
    return state.checkpoints().stream().filter(each -> each.step() > toStep).toList();
  }

  static List<RunEvent> rewinds(RunState state, Difference difference) {
    AttemptState attempt = state.latestAttempt().orElseThrow();
    List<RunEvent> events = new ArrayList<>();
    events.add(diverged(state, difference));
    drops(rewound(state), events);
    events.add(new HistoryRewound(attempt.attempt(), attempt.fromStep()));
    return events;
  }

  private static void drops(List<CheckpointState> checkpoints, List<RunEvent> events) {
    checkpoints.forEach(each -> events.add(new CheckpointDropped(each.step(), each.sha256())));
  }

  private static Diverged diverged(RunState state, Difference difference) {
    return new Diverged(
        attemptOf(state),
        difference.step(),
        difference.subject(),
        difference.recorded(),
        difference.recomputed());
  }

  static List<RunEvent> saves(
      RunState state, TrainerCommand.CheckpointWritten written, List<CheckpointState> dropped) {
    List<RunEvent> events = new ArrayList<>();
    events.add(
        new CheckpointSaved(
            attemptOf(state), written.step(), written.stored().sha256(), written.stored().bytes()));
    drops(dropped, events);
    return events;
  }

  static List<RunEvent> goesOn(RunState state, MetricFrame frame) {
    return List.of(new MetricsRecorded(attemptOf(state), frame));
  }

  /**
   * @param saved what is journalled of the last checkpoint
   */
  static List<RunEvent> completes(List<RunEvent> saved, RunState state, UntilProgress progress) {
    List<RunEvent> events = new ArrayList<>(saved);
    events.add(new AttemptEnded(attemptOf(state), AttemptEnd.COMPLETED, ""));
    events.add(new RunCompleted(state.step(), progress.met().map(UntilProgress.Met::rule)));
    return events;
  }

  static List<RunEvent> notFinite(RunState state, MetricFrame frame, MetricName metric) {
    List<RunEvent> events = new ArrayList<>(notFiniteOnce(state, frame, metric));
    events.add(
        new RunFailed(frame.until(), AttemptEnd.NON_FINITE, notFinite(metric, frame.until())));
    return events;
  }

  /** As {@link #notFinite(RunState, MetricFrame, MetricName)}, where the run is tried again. */
  static List<RunEvent> notFiniteOnce(RunState state, MetricFrame frame, MetricName metric) {
    return List.of(
        new MetricsRecorded(attemptOf(state), frame),
        new NonFiniteObserved(attemptOf(state), frame.until(), metric),
        new AttemptEnded(
            attemptOf(state), AttemptEnd.NON_FINITE, notFinite(metric, frame.until())));
  }

  /** The steps were executed again, with the value that is not finite. */
  static List<RunEvent> notFiniteTwice(RunState state, NonFiniteObserved before) {
    String message =
        notFinite(before.metric(), before.step())
            + ", and was so again when the steps were executed once more: "
            + "in a deterministic run that proves that a further try is pointless";
    List<RunEvent> events = new ArrayList<>(caughtUp(state));
    events.add(new AttemptEnded(attemptOf(state), AttemptEnd.NON_FINITE, message));
    events.add(new RunFailed(state.step(), AttemptEnd.NON_FINITE, message));
    return events;
  }

  private static String notFinite(MetricName metric, long step) {
    return metric + " was not finite at step " + step;
  }

  /** An attempt ended, and the run is tried again. */
  static List<RunEvent> lost(RunState state, AttemptEnd cause, String message) {
    return List.of(new AttemptEnded(attemptOf(state), cause, message));
  }

  /**
   * The attempt ends where the journal ends; the run rests, or is cancelled.
   *
   * @param saved what is journalled of the last checkpoint
   */
  static List<RunEvent> leaves(List<RunEvent> saved, RunState state, Attempt.Leave how) {
    List<RunEvent> events = new ArrayList<>(saved);
    events.add(new AttemptEnded(attemptOf(state), how.cause(), how.reason()));
    events.add(
        how.cause() == AttemptEnd.CANCELLED
            ? new RunCancelled(state.step(), how.reason())
            : new RunPaused(state.step(), how.reason()));
    return events;
  }

  /** As {@link #leaves}, where no attempt has begun. */
  static List<RunEvent> leavesUnbegun(RunState state, Attempt.Leave how) {
    return List.of(
        how.cause() == AttemptEnd.CANCELLED
            ? new RunCancelled(state.step(), how.reason())
            : new RunPaused(state.step(), how.reason()));
  }

  /** The end of an attempt that another process left open, if there is one. */
  static List<RunEvent> closes(RunState state) {
    return state.status() == RunStatus.RUNNING
        ? List.of(
            new AttemptEnded(
                attemptOf(state), AttemptEnd.INTERRUPTED, "its process had ended without a word"))
        : List.of();
  }

  static List<RunEvent> resumes(RunState state) {
    List<RunEvent> events = new ArrayList<>(closes(state));
    if (state.status() != RunStatus.QUEUED) {
      events.add(new RunResumed());
    }
    return events;
  }

  static List<RunEvent> cancels(RunState state, String reason) {
    List<RunEvent> events = new ArrayList<>(closes(state));
    events.add(new RunCancelled(state.step(), reason));
    return events;
  }

  /** The chunk under way is given up; the run rests where the journal ends, or is cancelled. */
  static List<RunEvent> givesUp(RunState state, Attempt.Leave how) {
    String message = "the chunk after step " + state.step() + " did not end in time for a pause";
    List<RunEvent> events = new ArrayList<>();
    events.add(new AttemptEnded(attemptOf(state), AttemptEnd.HUNG, message));
    events.addAll(leavesUnbegun(state, how));
    return events;
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
    } else if (last instanceof RunCancelled cancelled) {
      return Optional.of(
          new Settlement(run, RunOutcome.CANCELLED, cancelled.step(), cause, cancelled.reason()));
    } else if (last instanceof RunFailed failed) {
      return Optional.of(
          new Settlement(
              run,
              RunOutcome.FAILED,
              failed.step(),
              Optional.of(failed.cause()),
              failed.message()));
    }
    if (last instanceof RunDeleted) {
      // Whoever waits for it, in this process or in the journal, waits no longer.
      return Optional.of(new Settlement(run, RunOutcome.CANCELLED, -1, cause, "it was deleted"));
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
