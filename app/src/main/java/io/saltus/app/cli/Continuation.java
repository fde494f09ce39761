package io.saltus.app.cli;

import io.saltus.app.Saltus;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Refusal;
import io.saltus.app.text.Figures;
import io.saltus.experiment.RunId;
import io.saltus.persistence.projection.AttemptState;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
import java.util.Optional;

/** Goes on with a run that is in the journal, in the foreground. */
final class Continuation {

  private final Invocation invocation;

  Continuation(Invocation invocation) {
    this.invocation = invocation;
  }

  /** Brings a run to its end; one that is complete is only shown. */
  ExitCode resume(RunId run) {
    RunState state;
    try (Reading reading = Reading.open(invocation)) {
      state = reading.runs().state(run);
      reading.refuseImported(run, "resume");
      if (state.status() == RunStatus.COMPLETED) {
        invocation.note("saltus: " + run + " is " + state.status().text() + " already");
        reading.report(run);
        return ExitCode.FINE;
      }
    }
    refuseCancelled(run, state);
    Optional<ExitCode> elsewhere =
        new Handover(invocation, "saltus resume " + run, false).resume(run);
    if (elsewhere.isPresent()) {
      return elsewhere.get();
    }
    return new ForegroundRun(
            invocation,
            new ForegroundRun.Task(
                "saltus resume " + run,
                state.steps(),
                goesOn(state),
                state.attempts().stream().map(AttemptState::fingerprint).findFirst(),
                (saltus, listener) -> {
                  tellChangedSpec(invocation, saltus, run);
                  return saltus.resume(run, listener);
                }))
        .execute();
  }

  /**
   * @throws Refusal when the run was cancelled
   */
  static void refuseCancelled(RunId run, RunState state) {
    if (state.status() == RunStatus.CANCELLED) {
      throw Refusal.wrong(
          run + " was cancelled for good",
          "saltus resume " + run,
          "Fork it instead: saltus fork %s --step %d.".formatted(run, Math.max(0, state.step())));
    }
  }

  /** Where a run goes on, in words. */
  static String goesOn(RunState state) {
    return "goes on after step %s of %s"
        .formatted(Figures.whole(Math.max(0, state.step())), Figures.whole(state.steps()));
  }

  /**
   * What is said of a run that rests.
   *
   * @param step its last one that is durable; -1 when none is
   */
  static String rests(RunId run, long step) {
    return run
        + (step < 0 ? " rests before step " : " rests after step ")
        + Figures.whole(Math.max(0, step))
        + "; all of it is in the journal. Go on with: saltus resume "
        + run;
  }

  /** Warns where the file that a run was read from is another one by now. */
  static void tellChangedSpec(Invocation invocation, Saltus saltus, RunId run) {
    Optional<String> changed = saltus.changedSpec(run).map(Object::toString);
    changed.ifPresent(
        file ->
            invocation.warn(
                "the spec has changed on disk since the run began: "
                    + file
                    + ". The run goes on as the journal has it."));
  }
}
