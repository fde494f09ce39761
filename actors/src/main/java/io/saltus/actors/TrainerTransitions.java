package io.saltus.actors;

import static io.saltus.actors.TrainerPhase.DRAINING;
import static io.saltus.actors.TrainerPhase.ENDED;
import static io.saltus.actors.TrainerPhase.INTERRUPTED;
import static io.saltus.actors.TrainerPhase.OPENING;
import static io.saltus.actors.TrainerPhase.QUEUED;
import static io.saltus.actors.TrainerPhase.RESTING;
import static io.saltus.actors.TrainerPhase.TRAINING;
import static io.saltus.actors.TrainerPhase.UNKNOWN;

import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.AttemptEnded;
import io.saltus.experiment.event.RunEvent.AttemptStarted;
import io.saltus.experiment.event.RunEvent.MetricsRecorded;
import io.saltus.experiment.event.RunEvent.NonFiniteObserved;
import io.saltus.experiment.event.RunEvent.RunAnnotated;
import io.saltus.experiment.event.RunEvent.RunCompleted;
import io.saltus.experiment.event.RunEvent.RunFailed;
import io.saltus.experiment.event.RunEvent.RunPaused;
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
   * @param journals the events that it journals in one atomic write, in this order; those that do
   *     not apply are left out
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
        if (place++ == journals.size()) {
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
            TrainerTrigger.SUBMIT,
            QUEUED,
            List.of(RunSubmitted.class, RunAnnotated.class)));
    rows.add(row(QUEUED, TrainerTrigger.BEGIN, OPENING, List.of()));
    rows.add(row(OPENING, TrainerTrigger.SESSION_OPENED, TRAINING, List.of(AttemptStarted.class)));
    rows.add(row(OPENING, TrainerTrigger.OPENING_FAILED, ENDED, List.of(RunFailed.class)));
    rows.add(row(OPENING, TrainerTrigger.PAUSE, RESTING, List.of(RunPaused.class)));
    rows.add(row(TRAINING, TrainerTrigger.FRAME, TRAINING, List.of(MetricsRecorded.class)));
    rows.add(row(TRAINING, TrainerTrigger.PAUSE, DRAINING, List.of()));
    rows.add(
        row(
            DRAINING,
            TrainerTrigger.FRAME,
            RESTING,
            List.of(MetricsRecorded.class, AttemptEnded.class, RunPaused.class)));
    rows.add(
        row(
            DRAINING,
            TrainerTrigger.PATIENCE_ENDED,
            RESTING,
            List.of(AttemptEnded.class, RunPaused.class)));
    for (TrainerPhase working : List.of(TRAINING, DRAINING)) {
      rows.add(
          row(
              working,
              TrainerTrigger.LAST_FRAME,
              ENDED,
              List.of(MetricsRecorded.class, AttemptEnded.class, RunCompleted.class)));
      rows.add(
          row(
              working,
              TrainerTrigger.NON_FINITE_FRAME,
              ENDED,
              List.of(
                  MetricsRecorded.class,
                  NonFiniteObserved.class,
                  AttemptEnded.class,
                  RunFailed.class)));
      rows.add(
          row(
              working,
              TrainerTrigger.SESSION_FAILED,
              ENDED,
              List.of(AttemptEnded.class, RunFailed.class)));
    }
    rows.add(
        row(
            INTERRUPTED,
            TrainerTrigger.CLOSE_ATTEMPT,
            ENDED,
            List.of(AttemptEnded.class, RunFailed.class)));
    rows.add(row(QUEUED, TrainerTrigger.CLOSE_ATTEMPT, ENDED, List.of(RunFailed.class)));
    for (TrainerPhase phase : TrainerPhase.values()) {
      if (phase != UNKNOWN) {
        rows.add(row(phase, TrainerTrigger.ANNOTATE, phase, List.of(RunAnnotated.class)));
      }
    }
    return List.copyOf(rows);
  }

  private static Transition row(
      TrainerPhase from,
      TrainerTrigger on,
      TrainerPhase to,
      List<Class<? extends RunEvent>> journals) {
    return new Transition(from, on, to, journals);
  }
}
