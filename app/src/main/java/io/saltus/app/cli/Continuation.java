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
      if (state.status() == RunStatus.COMPLETED || state.status() == RunStatus.IMPORTED) {
        invocation.note("saltus: " + run + " is " + state.status().text() + " already");
        reading.report(run);
        return ExitCode.FINE;
      }
    }
    if (state.status() == RunStatus.CANCELLED) {
      throw Refusal.wrong(
          run + " was cancelled for good",
          "saltus resume " + run,
          "Fork it instead: saltus fork %s --step %d.".formatted(run, Math.max(0, state.step())));
    }
    return new ForegroundRun(
            invocation,
            invocation.programs(),
            new ForegroundRun.Task(
                "saltus resume " + run,
                state.steps(),
                "goes on after step %s of %s"
                    .formatted(
                        Figures.whole(Math.max(0, state.step())), Figures.whole(state.steps())),
                state.attempts().stream().map(AttemptState::fingerprint).findFirst(),
                (saltus, listener) -> {
                  tellChangedSpec(saltus, run);
                  return saltus.resume(run, listener);
                }))
        .execute();
  }

  private void tellChangedSpec(Saltus saltus, RunId run) {
    Optional<String> changed = saltus.changedSpec(run).map(Object::toString);
    changed.ifPresent(
        file ->
            invocation.warn(
                "the spec has changed on disk since the run began: "
                    + file
                    + ". The run goes on as the journal has it."));
  }
}
