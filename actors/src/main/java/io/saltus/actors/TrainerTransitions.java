package io.saltus.actors;

import static io.saltus.actors.TrainerPhase.CATCHING_UP;
import static io.saltus.actors.TrainerPhase.COMPLETING;
import static io.saltus.actors.TrainerPhase.DELETED;
import static io.saltus.actors.TrainerPhase.DRAINING;
import static io.saltus.actors.TrainerPhase.ENDED;
import static io.saltus.actors.TrainerPhase.INTERRUPTED;
import static io.saltus.actors.TrainerPhase.LEAVING;
import static io.saltus.actors.TrainerPhase.OPENING;
import static io.saltus.actors.TrainerPhase.QUEUED;
import static io.saltus.actors.TrainerPhase.RESTING;
import static io.saltus.actors.TrainerPhase.STARTING_OVER;
import static io.saltus.actors.TrainerPhase.TRAINING;
import static io.saltus.actors.TrainerPhase.UNKNOWN;
import static io.saltus.actors.TrainerTrigger.ANNOTATE;
import static io.saltus.actors.TrainerTrigger.BEGIN;
import static io.saltus.actors.TrainerTrigger.CANCEL;
import static io.saltus.actors.TrainerTrigger.CAUGHT_UP;
import static io.saltus.actors.TrainerTrigger.CAUGHT_UP_AT_END;
import static io.saltus.actors.TrainerTrigger.CHECKPOINT_FAILED;
import static io.saltus.actors.TrainerTrigger.CHECKPOINT_SAVED;
import static io.saltus.actors.TrainerTrigger.CLOSE_ATTEMPT;
import static io.saltus.actors.TrainerTrigger.COMPLETED;
import static io.saltus.actors.TrainerTrigger.DELETE;
import static io.saltus.actors.TrainerTrigger.DIVERGED;
import static io.saltus.actors.TrainerTrigger.DIVERGED_FLAGGED;
import static io.saltus.actors.TrainerTrigger.EXTEND;
import static io.saltus.actors.TrainerTrigger.FRAME;
import static io.saltus.actors.TrainerTrigger.GAVE_WAY;
import static io.saltus.actors.TrainerTrigger.GIVE_WAY;
import static io.saltus.actors.TrainerTrigger.LAST_FRAME;
import static io.saltus.actors.TrainerTrigger.LEFT;
import static io.saltus.actors.TrainerTrigger.LEFT_FOR_GOOD;
import static io.saltus.actors.TrainerTrigger.LOST_LEAVING;
import static io.saltus.actors.TrainerTrigger.MATCH;
import static io.saltus.actors.TrainerTrigger.NON_FINITE_FRAME;
import static io.saltus.actors.TrainerTrigger.NON_FINITE_ONCE;
import static io.saltus.actors.TrainerTrigger.NON_FINITE_TWICE;
import static io.saltus.actors.TrainerTrigger.OPENING_FAILED;
import static io.saltus.actors.TrainerTrigger.OPENING_LOST;
import static io.saltus.actors.TrainerTrigger.PATIENCE_ENDED;
import static io.saltus.actors.TrainerTrigger.PAUSE;
import static io.saltus.actors.TrainerTrigger.RESUME;
import static io.saltus.actors.TrainerTrigger.SESSION_BEHIND;
import static io.saltus.actors.TrainerTrigger.SESSION_FAILED;
import static io.saltus.actors.TrainerTrigger.SESSION_LOST;
import static io.saltus.actors.TrainerTrigger.SESSION_OPENED;
import static io.saltus.actors.TrainerTrigger.STARTED_OVER;
import static io.saltus.actors.TrainerTrigger.SUBMIT;

import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.AttemptEnded;
import io.saltus.experiment.event.RunEvent.AttemptStarted;
import io.saltus.experiment.event.RunEvent.CatchUpVerified;
import io.saltus.experiment.event.RunEvent.CheckpointDropped;
import io.saltus.experiment.event.RunEvent.CheckpointRejected;
import io.saltus.experiment.event.RunEvent.CheckpointSaved;
import io.saltus.experiment.event.RunEvent.Diverged;
import io.saltus.experiment.event.RunEvent.HistoryRewound;
import io.saltus.experiment.event.RunEvent.MetricsRecorded;
import io.saltus.experiment.event.RunEvent.NonFiniteObserved;
import io.saltus.experiment.event.RunEvent.RunAnnotated;
import io.saltus.experiment.event.RunEvent.RunCancelled;
import io.saltus.experiment.event.RunEvent.RunCompleted;
import io.saltus.experiment.event.RunEvent.RunDeleted;
import io.saltus.experiment.event.RunEvent.RunExtended;
import io.saltus.experiment.event.RunEvent.RunFailed;
import io.saltus.experiment.event.RunEvent.RunPaused;
import io.saltus.experiment.event.RunEvent.RunResumed;
import io.saltus.experiment.event.RunEvent.RunSubmitted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The life of a trainer as a table. What has no row is refused where somebody waits for an answer
 * and ignored where nobody does. The trainer looks its next phase up here, and the diagram in the
 * documentation is drawn from here.
 */
final class TrainerTransitions {

  /**
   * One row.
   *
   * @param journals the events that it journals in one atomic write, in this order: each not at
   *     all, once, or several times
   */
  record Transition(
      TrainerPhase from,
      TrainerTrigger on,
      TrainerPhase to,
      List<Class<? extends RunEvent>> journals) {

    /**
     * @throws IllegalStateException when {@code events} are not some of {@link #journals} in their
     *     order
     */
    void check(List<RunEvent> events) {
      int place = 0;
      for (RunEvent event : events) {
        while (place < journals.size() && !journals.get(place).isInstance(event)) {
          place++;
        }
        if (place == journals.size()) {
          throw new IllegalStateException(
              from + " on " + on + " journals " + journals + ", not " + events);
        }
      }
    }
  }

  private static final List<Transition> TABLE = table();

  private TrainerTransitions() {}

  /** All rows, in the order of a run's life. */
  static List<Transition> all() {
    return TABLE;
  }

  /** The row of a phase and a trigger. */
  static Optional<Transition> find(TrainerPhase from, TrainerTrigger on) {
    return TABLE.stream().filter(row -> row.from() == from && row.on() == on).findFirst();
  }

  private static List<Transition> table() {
    List<Transition> rows = new ArrayList<>();
    rows.add(
        row(
            UNKNOWN,
            SUBMIT,
            QUEUED,
            RunSubmitted.class,
            RunAnnotated.class,
            CheckpointSaved.class));
    rows.add(row(QUEUED, RESUME, QUEUED));
    rows.add(row(INTERRUPTED, RESUME, QUEUED, AttemptEnded.class, RunResumed.class));
    rows.add(row(RESTING, RESUME, QUEUED, RunResumed.class));
    rows.add(row(ENDED, RESUME, QUEUED, RunResumed.class));
    rows.add(row(ENDED, EXTEND, QUEUED, RunExtended.class));
    rows.add(row(RESTING, EXTEND, RESTING, RunExtended.class));
    opening(rows);
    catchingUp(rows);
    training(rows);
    for (TrainerPhase working : List.of(TRAINING, DRAINING)) {
      rows.add(row(working, LAST_FRAME, COMPLETING, MetricsRecorded.class));
      rows.add(
          row(
              working,
              NON_FINITE_FRAME,
              ENDED,
              MetricsRecorded.class,
              NonFiniteObserved.class,
              AttemptEnded.class,
              RunFailed.class));
    }
    triedAgain(rows);
    leaving(rows);
    givingWay(rows);
    for (TrainerPhase idle : List.of(QUEUED, INTERRUPTED, RESTING)) {
      rows.add(row(idle, CANCEL, ENDED, AttemptEnded.class, RunCancelled.class));
    }
    rows.add(row(INTERRUPTED, CLOSE_ATTEMPT, ENDED, AttemptEnded.class, RunFailed.class));
    rows.add(row(QUEUED, CLOSE_ATTEMPT, ENDED, RunFailed.class));
    for (TrainerPhase phase : TrainerPhase.values()) {
      if (phase.atRest() && phase != UNKNOWN && phase != DELETED) {
        rows.add(row(phase, DELETE, DELETED, RunDeleted.class));
      }
      if (phase != UNKNOWN && phase != DELETED) {
        rows.add(row(phase, ANNOTATE, phase, RunAnnotated.class));
      }
    }
    return List.copyOf(rows);
  }

  /** The attempt has ended, and the run waits for another. */
  private static void triedAgain(List<Transition> rows) {
    rows.add(row(OPENING, OPENING_LOST, QUEUED));
    for (TrainerPhase busy : List.of(CATCHING_UP, STARTING_OVER, TRAINING, COMPLETING)) {
      rows.add(row(busy, SESSION_LOST, QUEUED, AttemptEnded.class));
    }
    for (TrainerPhase busy : List.of(DRAINING, LEAVING)) {
      rows.add(row(busy, LOST_LEAVING, RESTING, AttemptEnded.class, RunPaused.class));
      rows.add(row(busy, SESSION_LOST, QUEUED, AttemptEnded.class));
    }
    for (TrainerPhase busy : List.of(TRAINING, DRAINING)) {
      rows.add(
          row(
              busy,
              NON_FINITE_ONCE,
              QUEUED,
              MetricsRecorded.class,
              NonFiniteObserved.class,
              AttemptEnded.class));
    }
    rows.add(
        row(
            CATCHING_UP,
            NON_FINITE_TWICE,
            ENDED,
            CatchUpVerified.class,
            AttemptEnded.class,
            RunFailed.class));
  }

  private static void opening(List<Transition> rows) {
    rows.add(row(QUEUED, BEGIN, OPENING));
    rows.add(
        row(OPENING, SESSION_OPENED, TRAINING, CheckpointRejected.class, AttemptStarted.class));
    rows.add(
        row(OPENING, SESSION_BEHIND, CATCHING_UP, CheckpointRejected.class, AttemptStarted.class));
    rows.add(row(OPENING, OPENING_FAILED, ENDED, RunFailed.class));
    rows.add(row(OPENING, PAUSE, RESTING, RunPaused.class));
    rows.add(row(OPENING, CANCEL, ENDED, RunCancelled.class));
  }

  private static void catchingUp(List<Transition> rows) {
    rows.add(row(CATCHING_UP, MATCH, CATCHING_UP));
    rows.add(row(CATCHING_UP, CAUGHT_UP, TRAINING, CatchUpVerified.class));
    rows.add(row(CATCHING_UP, CAUGHT_UP_AT_END, COMPLETING, CatchUpVerified.class));
    rows.add(
        row(CATCHING_UP, DIVERGED, ENDED, Diverged.class, AttemptEnded.class, RunFailed.class));
    rows.add(
        row(
            CATCHING_UP,
            DIVERGED_FLAGGED,
            STARTING_OVER,
            Diverged.class,
            CheckpointDropped.class,
            HistoryRewound.class));
    rows.add(row(STARTING_OVER, STARTED_OVER, TRAINING));
    for (TrainerPhase busy : List.of(CATCHING_UP, STARTING_OVER)) {
      rows.add(row(busy, PAUSE, RESTING, AttemptEnded.class, RunPaused.class));
      rows.add(row(busy, CANCEL, ENDED, AttemptEnded.class, RunCancelled.class));
      rows.add(row(busy, SESSION_FAILED, ENDED, AttemptEnded.class, RunFailed.class));
    }
  }

  private static void training(List<Transition> rows) {
    rows.add(row(TRAINING, FRAME, TRAINING, MetricsRecorded.class));
    rows.add(row(TRAINING, PAUSE, DRAINING));
    rows.add(row(TRAINING, CANCEL, DRAINING));
    rows.add(row(DRAINING, PAUSE, DRAINING));
    rows.add(row(DRAINING, CANCEL, DRAINING));
    rows.add(row(DRAINING, FRAME, LEAVING, MetricsRecorded.class));
    rows.add(row(DRAINING, PATIENCE_ENDED, RESTING, AttemptEnded.class, RunPaused.class));
  }

  private static void leaving(List<Transition> rows) {
    for (TrainerPhase working : List.of(TRAINING, DRAINING, LEAVING, COMPLETING)) {
      rows.add(
          row(working, CHECKPOINT_SAVED, working, CheckpointSaved.class, CheckpointDropped.class));
      rows.add(row(working, CHECKPOINT_FAILED, RESTING, AttemptEnded.class, RunPaused.class));
      rows.add(row(working, SESSION_FAILED, ENDED, AttemptEnded.class, RunFailed.class));
    }
    rows.add(
        row(
            LEAVING,
            LEFT,
            RESTING,
            CheckpointSaved.class,
            CheckpointDropped.class,
            AttemptEnded.class,
            RunPaused.class));
    for (TrainerPhase working : List.of(DRAINING, LEAVING, COMPLETING)) {
      rows.add(
          row(
              working,
              LEFT_FOR_GOOD,
              ENDED,
              CheckpointSaved.class,
              CheckpointDropped.class,
              AttemptEnded.class,
              RunCancelled.class));
    }
    rows.add(
        row(
            COMPLETING,
            COMPLETED,
            ENDED,
            CheckpointSaved.class,
            CheckpointDropped.class,
            AttemptEnded.class,
            RunCompleted.class));
  }

  /** The attempt ends for another run's sake, and its own waits for its turn. */
  private static void givingWay(List<Transition> rows) {
    rows.add(row(OPENING, GIVE_WAY, QUEUED));
    for (TrainerPhase busy : List.of(CATCHING_UP, STARTING_OVER)) {
      rows.add(row(busy, GIVE_WAY, QUEUED, AttemptEnded.class));
    }
    rows.add(row(TRAINING, GIVE_WAY, DRAINING));
    for (TrainerPhase busy : List.of(DRAINING, LEAVING)) {
      rows.add(
          row(
              busy,
              GAVE_WAY,
              QUEUED,
              CheckpointSaved.class,
              CheckpointDropped.class,
              AttemptEnded.class));
    }
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // The array is only read.
  private static Transition row(
      TrainerPhase from,
      TrainerTrigger on,
      TrainerPhase to,
      Class<? extends RunEvent>... journals) {
    return new Transition(from, on, to, List.of(journals));
  }
}
