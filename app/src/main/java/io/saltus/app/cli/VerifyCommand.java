package io.saltus.app.cli;

import io.saltus.actors.reexecution.Difference;
import io.saltus.actors.reexecution.Reexecution;
import io.saltus.app.Recomputation;
import io.saltus.app.control.BesideMessage;
import io.saltus.app.json.Json;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Refusal;
import io.saltus.app.text.Figures;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AuditEvent;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeException;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.runs.BesideStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Executes recorded steps again and compares them bit for bit. */
@Command(
    name = "verify",
    description = "Execute recorded steps again and compare every bit with the journal.")
final class VerifyCommand implements Callable<Integer> {

  private static final long STEPS_AT_A_TIME = 256;

  private final Invocation invocation;

  @Parameters(paramLabel = "RUN", description = "An id, a unique prefix, or @last.")
  private String run = "";

  @Option(names = "--from", paramLabel = "STEP", description = "The first step; else the run's.")
  private Optional<String> from = Optional.empty();

  @Option(names = "--until", paramLabel = "STEP", description = "The last step; else the run's.")
  private Optional<String> until = Optional.empty();

  VerifyCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    boolean json = invocation.json();
    try (Reading reading = Reading.open(invocation)) {
      RunId id = reading.resolve(run);
      reading.refuseImported(id, "verify");
      reading.refuseRunning(id, "verify");
      RunState state = reading.runs().state(id);
      StepWindow window = StepWindow.of(id, state, from, until);
      invocation.requireNatives();
      // Without a first step the initial state is computed again too, not taken from its file.
      long first = from.isEmpty() && state.beginsWith() < 0 ? 0 : window.from();
      try (Recomputation again =
          Recomputation.open(
              reading.runs(),
              Home.at(invocation.home()),
              invocation.programs(),
              id,
              first,
              window.until())) {
        invocation.warnOf(again.flaws());
        Optional<Difference> difference = compare(again.steps());
        report(json, id, window, again.steps(), difference);
        record(id, event(window, again, difference));
        return (difference.isEmpty() ? ExitCode.FINE : ExitCode.DIVERGED).code();
      }
    }
  }

  private AuditEvent event(
      StepWindow window, Recomputation again, Optional<Difference> difference) {
    return new AuditEvent.RunVerified(
        window.from(),
        window.until(),
        difference.isEmpty(),
        again.steps().steps(),
        again.steps().metrics(),
        again.steps().states(),
        difference.map(
            found ->
                new AuditEvent.Difference(
                    found.step(), found.subject(), found.recorded(), found.recomputed())),
        again.fingerprint(),
        Recomputation.code(invocation.plugins()));
  }

  /** What was found stands for itself; that it could not be kept is only said. */
  private void record(RunId id, AuditEvent event) {
    try {
      new Writing(invocation, "saltus verify " + id)
          .record(List.of(new BesideMessage<>(BesideStream.AUDIT, id, event)));
    } catch (Refusal | HomeException e) {
      invocation.warn("the result is not in the journal: " + e.getMessage());
    }
  }

  private static Optional<Difference> compare(Reexecution again) {
    Optional<Difference> difference = Optional.empty();
    while (difference.isEmpty() && !again.done()) {
      difference = again.advance(STEPS_AT_A_TIME).difference();
    }
    return difference;
  }

  private void report(
      boolean json, RunId id, StepWindow window, Reexecution again, Optional<Difference> found) {
    if (json) {
      invocation.print(
          Json.line(
              object -> {
                object
                    .put("run", id.value())
                    .put("identical", found.isEmpty())
                    .put("from", window.from())
                    .put("until", window.until())
                    .put("steps", window.until() - window.from() + 1)
                    .put("metrics", again.metrics())
                    .put("tensors", again.states());
                found.ifPresent(
                    difference ->
                        object.object(
                            "firstDifference",
                            first ->
                                first
                                    .put("step", difference.step())
                                    .put("metric", difference.subject())
                                    .put("recorded", difference.recorded())
                                    .put("recomputed", difference.recomputed())));
              }));
      return;
    }
    invocation.print(
        found
            .map(
                difference ->
                    "%s: differs at step %s: %s is recorded as %s and was recomputed as %s"
                        .formatted(
                            id,
                            Figures.whole(difference.step()),
                            difference.subject(),
                            difference.recorded(),
                            difference.recomputed()))
            .orElseGet(
                () ->
                    "%s: steps %s to %s are bit for bit as recorded (%d metrics, %d saved states)"
                        .formatted(
                            id,
                            Figures.whole(window.from()),
                            Figures.whole(window.until()),
                            again.metrics(),
                            again.states())));
  }
}
