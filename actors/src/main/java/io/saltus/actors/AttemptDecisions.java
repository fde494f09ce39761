package io.saltus.actors;

import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.NonFiniteObserved;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.spec.OnDivergence;
import io.saltus.persistence.checkpoint.DiskFullException;
import io.saltus.persistence.projection.CheckpointState;
import io.saltus.persistence.projection.RunState;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a trainer does about what its session and its checkpoints tell it. */
final class AttemptDecisions {

  /**
   * What is done.
   *
   * @param trigger of the transition
   * @param events journalled at once
   * @param then done when they are durable
   */
  record Decision(TrainerTrigger trigger, List<RunEvent> events, Runnable then) {

    Decision(TrainerTrigger trigger, List<RunEvent> events) {
      this(trigger, events, () -> {});
    }
  }

  private final TrainerTools tools;

  AttemptDecisions(TrainerTools tools) {
    this.tools = tools;
  }

  /**
   * On a report of the session.
   *
   * @return empty when the report is late or a double
   */
  Optional<Decision> on(
      SessionActor.Report report, RunState state, TrainerPhase phase, Attempt attempt) {
    if (report instanceof SessionActor.Opened opened) {
      return Optional.of(onOpened(opened, state, attempt));
    } else if (report instanceof SessionActor.Computed computed) {
      return attempt.expects(computed.number())
          ? Optional.of(onComputed(computed, state, phase, attempt))
          : Optional.empty();
    } else if (report instanceof SessionActor.Matched matched) {
      return attempt.expects(matched.number())
          ? Optional.of(onMatched(matched, state, attempt))
          : Optional.empty();
    } else if (report instanceof SessionActor.Differed differed) {
      return Optional.of(onDiffered(differed, state, attempt));
    } else if (report instanceof SessionActor.StartedOver over) {
      attempt.progress(over.until());
      return Optional.of(
          new Decision(
              TrainerTrigger.STARTED_OVER,
              List.of(),
              () -> attempt.ask(state.step() + 1, state.steps())));
    } else if (report instanceof SessionActor.Captured captured) {
      // Whatever the state follows from is durable by now: frames are journalled before this.
      attempt.save(captured);
      return Optional.empty();
    }
    return Optional.of(onFailed((SessionActor.Failed) report, state, phase, attempt));
  }

  private Decision onOpened(SessionActor.Opened opened, RunState state, Attempt attempt) {
    attempt.opened(state, opened);
    List<RunEvent> events = TrainerEvents.begins(state, attempt.assignment(), opened);
    return opened.fromStep() < state.step()
        ? new Decision(TrainerTrigger.SESSION_BEHIND, events, attempt::catchUp)
        : new Decision(
            TrainerTrigger.SESSION_OPENED,
            events,
            () -> attempt.ask(state.step() + 1, state.steps()));
  }

  private Decision onMatched(SessionActor.Matched matched, RunState state, Attempt attempt) {
    attempt.arrived(matched.steps(), matched.nanos());
    if (matched.step() < state.step()) {
      return new Decision(TrainerTrigger.MATCH, List.of(), attempt::catchUp);
    }
    Optional<NonFiniteObserved> notFinite =
        state.nonFinite().filter(before -> before.step() == state.step());
    if (notFinite.isPresent()) {
      return new Decision(
          TrainerTrigger.NON_FINITE_TWICE, TrainerEvents.notFiniteTwice(state, notFinite.get()));
    }
    List<RunEvent> events = TrainerEvents.caughtUp(state);
    // The last frame had become durable, and what it means for the run had not.
    return attempt.progress().met().isPresent() || state.step() >= state.steps()
        ? new Decision(TrainerTrigger.CAUGHT_UP_AT_END, events, attempt::captureLast)
        : new Decision(
            TrainerTrigger.CAUGHT_UP, events, () -> attempt.ask(state.step() + 1, state.steps()));
  }

  private Decision onDiffered(SessionActor.Differed differed, RunState state, Attempt attempt) {
    if (attempt.assignment().request().spec().onDivergence() == OnDivergence.FAIL) {
      return new Decision(
          TrainerTrigger.DIVERGED, TrainerEvents.diverges(state, differed.difference()));
    }
    List<CheckpointState> rewound = TrainerEvents.rewound(state);
    return new Decision(
        TrainerTrigger.DIVERGED_FLAGGED,
        TrainerEvents.rewinds(state, differed.difference()),
        () -> {
          attempt.startOver();
          rewound.forEach(each -> tools.checkpoints().release(each.sha256()));
        });
  }

  private Decision onComputed(
      SessionActor.Computed computed, RunState state, TrainerPhase phase, Attempt attempt) {
    MetricFrame frame = computed.frame();
    if (frame.from() != state.step() + 1) {
      String message =
          "the session gave steps from " + frame.from() + " after step " + state.step();
      return onFailed(
          new SessionActor.Failed(computed.fence(), AttemptEnd.EXCEPTION, message),
          state,
          phase,
          attempt);
    }
    attempt.arrived(frame, computed.nanos());
    Catalogue catalogue = state.catalogue().orElseThrow();
    FrameVerdict verdict = FrameVerdict.of(frame, catalogue, attempt.progress(), state.steps());
    List<RunEvent> recorded = TrainerEvents.goesOn(state, frame);
    if (verdict instanceof FrameVerdict.NotFinite notFinite) {
      if ((phase == TrainerPhase.TRAINING || attempt.givesWay())
          && tools.restarts().onEnd(state, AttemptEnd.NON_FINITE, times(attempt))
              instanceof RestartPolicy.Again again) {
        attempt.triedAgain(again.after(), AttemptEnd.NON_FINITE);
        return new Decision(
            TrainerTrigger.NON_FINITE_ONCE,
            TrainerEvents.notFiniteOnce(state, frame, notFinite.metric()));
      }
      return new Decision(
          TrainerTrigger.NON_FINITE_FRAME,
          TrainerEvents.notFinite(state, frame, notFinite.metric()));
    } else if (verdict instanceof FrameVerdict.Completes completes) {
      attempt.progress(completes.progress());
      attempt.captureLast();
      return new Decision(TrainerTrigger.LAST_FRAME, recorded);
    }
    attempt.progress(((FrameVerdict.Continues) verdict).progress());
    if (phase == TrainerPhase.DRAINING) {
      attempt.captureLast();
    } else {
      // Asked for before this frame is journalled: the session computes while the disk works.
      attempt.goOn(frame.until(), state.steps());
    }
    return new Decision(TrainerTrigger.FRAME, recorded);
  }

  private Decision onFailed(
      SessionActor.Failed failure, RunState state, TrainerPhase phase, Attempt attempt) {
    boolean begun = phase != TrainerPhase.OPENING;
    RestartPolicy.Verdict verdict =
        begun
            ? tools.restarts().onEnd(state, failure.cause(), times(attempt))
            : tools.restarts().onOpening(state, failure.cause(), attempt.lostOpenings() + 1);
    if (verdict instanceof RestartPolicy.Again again) {
      return leaves(phase) && !attempt.givesWay()
          ? lostLeaving(failure, state, attempt.leave())
          : triedAgain(failure, state, begun, attempt, again.after());
    }
    String why = verdict instanceof RestartPolicy.Never never ? never.why() : "";
    return new Decision(
        begun ? TrainerTrigger.SESSION_FAILED : TrainerTrigger.OPENING_FAILED,
        TrainerEvents.fails(
            state,
            begun,
            failure.cause(),
            failure.message() + (why.isEmpty() ? "" : " (" + why + ")")));
  }

  private AttemptTimes times(Attempt attempt) {
    return new AttemptTimes(attempt.ends(), tools.clock().instant());
  }

  private static Decision triedAgain(
      SessionActor.Failed failure, RunState state, boolean begun, Attempt attempt, Duration after) {
    attempt.triedAgain(after, failure.cause());
    return begun
        ? new Decision(
            TrainerTrigger.SESSION_LOST,
            TrainerEvents.lost(state, failure.cause(), failure.message()))
        : new Decision(TrainerTrigger.OPENING_LOST, List.of());
  }

  private static boolean leaves(TrainerPhase phase) {
    return phase == TrainerPhase.DRAINING || phase == TrainerPhase.LEAVING;
  }

  /** The run was to leave its device anyway, and can go on later. */
  private static Decision lostLeaving(
      SessionActor.Failed failure, RunState state, Attempt.Leave how) {
    List<RunEvent> events =
        new ArrayList<>(TrainerEvents.lost(state, failure.cause(), failure.message()));
    events.addAll(TrainerEvents.leavesUnbegun(state, how));
    return new Decision(
        how.cause() == AttemptEnd.CANCELLED
            ? TrainerTrigger.LEFT_FOR_GOOD
            : TrainerTrigger.LOST_LEAVING,
        events);
  }

  /** A run that was to rest has waited long enough for the chunk under way. */
  static Decision patienceEnded(RunState state, Attempt attempt, Runnable then) {
    return new Decision(
        attempt.leave().cause() == AttemptEnd.CANCELLED
            ? TrainerTrigger.LEFT_FOR_GOOD
            : TrainerTrigger.PATIENCE_ENDED,
        TrainerEvents.givesUp(state, attempt.leave()),
        then);
  }

  /** What is journalled at once where somebody wants a run to leave its device. */
  static List<RunEvent> leaving(RunState state, TrainerPhase phase, Attempt.Leave how) {
    return switch (phase) {
      // No attempt has begun: there is no step to finish, and the session closes when it is open.
      case OPENING -> TrainerEvents.leavesUnbegun(state, how);
      case CATCHING_UP, STARTING_OVER -> TrainerEvents.leaves(List.of(), state, how);
      default -> List.of();
    };
  }

  /** On a more urgent run that waits for the devices: what leaves them anyway is let do so. */
  static Decision giveWay(String reason, RunState state, TrainerPhase phase, Attempt attempt) {
    List<RunEvent> events = List.of();
    switch (phase) {
      case TRAINING -> attempt.leave(new Attempt.Leave(AttemptEnd.PREEMPTED, reason));
      // No attempt has begun: there is nothing to end, and the session closes when it is open.
      case OPENING -> attempt.gaveWay();
      case CATCHING_UP, STARTING_OVER -> {
        attempt.gaveWay();
        events = TrainerEvents.lost(state, AttemptEnd.PREEMPTED, reason);
      }
      default -> {}
    }
    return new Decision(TrainerTrigger.GIVE_WAY, events);
  }

  /** The attempt gives way where the journal ends. */
  private static Decision gaveWay(
      List<RunEvent> saved, String reason, RunState state, Attempt attempt, Runnable then) {
    attempt.gaveWay();
    List<RunEvent> events = new ArrayList<>(saved);
    events.addAll(TrainerEvents.lost(state, AttemptEnd.PREEMPTED, reason));
    return new Decision(TrainerTrigger.GAVE_WAY, events, then);
  }

  /** On a checkpoint that is on disk. */
  Decision on(
      TrainerCommand.CheckpointWritten written,
      RunState state,
      TrainerPhase phase,
      Attempt attempt) {
    List<CheckpointState> dropped = dropped(written, state, attempt);
    Runnable release =
        () -> {
          tools.checkpoints().store().release(written.stored());
          dropped.forEach(each -> tools.checkpoints().release(each.sha256()));
        };
    List<RunEvent> saved = TrainerEvents.saves(state, written, dropped);
    if (phase == TrainerPhase.COMPLETING || phase == TrainerPhase.LEAVING) {
      if (written.step() == state.step()) {
        return last(saved, state, phase, attempt, release);
      }
      return new Decision(
          TrainerTrigger.CHECKPOINT_SAVED,
          saved,
          () -> {
            release.run();
            attempt.saved(written.nanos(), state.step(), state.steps());
            attempt.captureLast();
          });
    }
    return new Decision(
        TrainerTrigger.CHECKPOINT_SAVED,
        saved,
        () -> {
          release.run();
          attempt.saved(written.nanos(), state.step(), state.steps());
        });
  }

  private static Decision last(
      List<RunEvent> saved, RunState state, TrainerPhase phase, Attempt attempt, Runnable release) {
    if (phase == TrainerPhase.COMPLETING) {
      return new Decision(
          TrainerTrigger.COMPLETED,
          TrainerEvents.completes(saved, state, attempt.progress()),
          release);
    }
    if (attempt.givesWay()) {
      return gaveWay(saved, attempt.leave().reason(), state, attempt, release);
    }
    boolean cancelled = attempt.leave().cause() == AttemptEnd.CANCELLED;
    return new Decision(
        cancelled ? TrainerTrigger.LEFT_FOR_GOOD : TrainerTrigger.LEFT,
        TrainerEvents.leaves(saved, state, attempt.leave()),
        release);
  }

  /** The checkpoints that retention gives up once this one is kept. */
  private static List<CheckpointState> dropped(
      TrainerCommand.CheckpointWritten written, RunState state, Attempt attempt) {
    List<CheckpointState> kept = new ArrayList<>(state.checkpoints());
    kept.add(
        new CheckpointState(
            1, written.step(), written.stored().bytes(), written.stored().sha256(), true));
    return attempt.drops(kept, state);
  }

  /**
   * On a checkpoint that could not be written: the run rests where the journal ends. One that gives
   * way goes on later from an earlier checkpoint, and says then if it cannot write another.
   */
  Decision on(
      TrainerCommand.CheckpointUnwritten unwritten,
      RunState state,
      TrainerPhase phase,
      Attempt attempt) {
    boolean full = unwritten.failure() instanceof DiskFullException;
    String message =
        "the checkpoint of step %d could not be written: %s"
            .formatted(
                unwritten.step(),
                full
                    ? "no space left on the disk. Free some and go on."
                    : withoutPlace(unwritten.failure()));
    if (attempt.leave().cause() == AttemptEnd.CANCELLED) {
      return new Decision(
          TrainerTrigger.LEFT_FOR_GOOD, TrainerEvents.leaves(List.of(), state, attempt.leave()));
    }
    if (leaves(phase) && attempt.givesWay()) {
      String reason = attempt.leave().reason() + "; " + message;
      return gaveWay(List.of(), reason, state, attempt, () -> {});
    }
    AttemptEnd cause = full ? AttemptEnd.DISK_FULL : AttemptEnd.EXCEPTION;
    return new Decision(
        TrainerTrigger.CHECKPOINT_FAILED,
        TrainerEvents.leaves(List.of(), state, new Attempt.Leave(cause, message)));
  }

  /** The place is this machine's: events hold no paths. */
  private static String withoutPlace(Throwable failure) {
    if (failure instanceof FileSystemException file) {
      return Objects.requireNonNullElse(file.getReason(), file.getClass().getSimpleName());
    }
    return String.valueOf(failure.getMessage());
  }
}
