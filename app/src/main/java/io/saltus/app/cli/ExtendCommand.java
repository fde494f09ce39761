package io.saltus.app.cli;

import io.saltus.app.control.RunMessage;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.RunId;
import io.saltus.persistence.control.ControlRequest;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a run a later last step, and goes on to it. */
@Command(
    name = "extend",
    description = "Give a run a later last step, set 'until' aside, and go on to it.")
final class ExtendCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(paramLabel = "RUN", description = "An id, a unique prefix, or @last.")
  private String run = "";

  @Option(
      names = "--steps",
      paramLabel = "N",
      required = true,
      description = "The new last step, not how many more.")
  private String steps = "";

  ExtendCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    invocation.json();
    long last = Arguments.whole("--steps", steps, 1, Long.MAX_VALUE);
    RunId id;
    try (Reading reading = Reading.open(invocation)) {
      id = reading.resolve(run);
      check(id, reading.runs().state(id), last);
    }
    invocation.requireNatives();
    Writing writing = new Writing(invocation, "saltus extend " + id);
    boolean elsewhere =
        writing
            .askHolder(new ControlRequest(RunMessage.EXTEND, new RunMessage(id, "", last).body()))
            .isPresent();
    if (!elsewhere) {
      try (var saltus = writing.open()) {
        saltus.extend(id, last);
      }
    }
    invocation.note(
        "saltus: " + id + " may now go on to step " + last + "; its 'until' is set aside");
    if (elsewhere) {
      try (Reading reading = Reading.open(invocation)) {
        reading.report(id);
      }
      return 0;
    }
    return new Continuation(invocation).resume(id).code();
  }

  private static void check(RunId run, RunState state, long last) {
    if (last <= state.step()) {
      throw Refusal.wrong(
          "%s is at step %d already".formatted(run, state.step()),
          "--steps " + last,
          "Give a later one.");
    }
    if (state.status() != RunStatus.COMPLETED && state.status() != RunStatus.PAUSED) {
      throw Refusal.wrong(
          "%s is %s; only complete and paused runs can be extended"
              .formatted(run, state.status().text()),
          "saltus extend",
          "Fork it, or resume it first.");
    }
  }
}
