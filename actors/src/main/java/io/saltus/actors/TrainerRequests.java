package io.saltus.actors;

import io.saltus.actors.TrainerCommand.Request;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What people's requests mean to a run at which nobody is at work, or which any run can hear. */
final class TrainerRequests {

  /**
   * What is done.
   *
   * @param trigger of the transition
   * @param events journalled at once
   * @param refusal why it is not done, whatever the phase
   * @param otherwise why it is not done where the phase has no such transition
   */
  record Decision(
      TrainerTrigger trigger, List<RunEvent> events, Optional<String> refusal, String otherwise) {}

  private TrainerRequests() {}

  static Decision decide(Request request, RunId run, RunState state, TrainerPhase phase) {
    String is = "run " + run + " is " + phase.text();
    if (request instanceof TrainerCommand.Submit submit) {
      List<RunEvent> events = new ArrayList<>();
      events.add(submit.submitted());
      events.addAll(submit.first());
      return may(TrainerTrigger.SUBMIT, events, "run " + run + " exists");
    } else if (request instanceof TrainerCommand.Resume) {
      return new Decision(
          TrainerTrigger.RESUME, TrainerEvents.resumes(state), endedForGood(run, state), is);
    } else if (request instanceof TrainerCommand.Extend extend) {
      return new Decision(
          TrainerTrigger.EXTEND,
          List.of(new RunEvent.RunExtended(extend.steps())),
          notExtended(run, state, extend.steps()),
          is);
    } else if (request instanceof TrainerCommand.Annotate annotate) {
      return may(TrainerTrigger.ANNOTATE, List.of(annotate.annotation()), "there is no run " + run);
    } else if (request instanceof TrainerCommand.Delete) {
      return may(
          TrainerTrigger.DELETE,
          List.of(new RunEvent.RunDeleted()),
          phase == TrainerPhase.UNKNOWN ? "there is no run " + run : "run " + run + " is at work");
    } else if (request instanceof TrainerCommand.Cancel cancel) {
      return may(TrainerTrigger.CANCEL, TrainerEvents.cancels(state, cancel.reason()), is);
    }
    return new Decision(TrainerTrigger.PAUSE, List.of(), Optional.of(is), is);
  }

  private static Decision may(TrainerTrigger trigger, List<RunEvent> events, String otherwise) {
    return new Decision(trigger, events, Optional.empty(), otherwise);
  }

  private static Optional<String> endedForGood(RunId run, RunState state) {
    boolean goesOn =
        !state.status().isSettled()
            || state.status() == RunStatus.PAUSED
            || state.status() == RunStatus.FAILED;
    return goesOn ? Optional.empty() : Optional.of("run " + run + " is " + state.status().text());
  }

  private static Optional<String> notExtended(RunId run, RunState state, long steps) {
    if (steps <= state.step()) {
      return Optional.of("run %s is at step %d: give a later one".formatted(run, state.step()));
    } else if (state.status() != RunStatus.COMPLETED && state.status() != RunStatus.PAUSED) {
      return Optional.of("run " + run + " is " + state.status().text());
    }
    return Optional.empty();
  }
}
