package io.saltus.app.cli;

import io.saltus.app.problem.Refusal;
import io.saltus.experiment.RunId;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Rebuilds the state of a run from the journal alone. */
@Command(
    name = "replay",
    description = "Rebuild the state of a run, now or at an earlier point, from the journal alone.")
final class ReplayCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(paramLabel = "RUN", description = "An id, a unique prefix, or @last.")
  private String run = "";

  @Option(
      names = "--until-step",
      paramLabel = "N",
      description = "Up to a step of today's history, which may lie inside a frame.")
  private Optional<String> untilStep = Optional.empty();

  @Option(
      names = "--until-seq",
      paramLabel = "N",
      description = "Up to an event, as history was known then.")
  private Optional<String> untilSequence = Optional.empty();

  ReplayCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    invocation.json();
    if (untilStep.isPresent() && untilSequence.isPresent()) {
      throw Refusal.wrong(
          "--until-step and --until-seq exclude each other", "saltus replay", "Give one of them.");
    }
    Optional<Long> step = Arguments.whole("--until-step", untilStep, 0, Long.MAX_VALUE);
    Optional<Long> sequence = Arguments.whole("--until-seq", untilSequence, 1, Long.MAX_VALUE);
    try (Reading reading = Reading.open(invocation)) {
      RunId id = reading.resolve(run);
      if (step.isPresent()) {
        reading.reportUntilStep(id, step.get());
      } else if (sequence.isPresent()) {
        reading.reportUntilSequence(id, sequence.get());
      } else {
        reading.reportReplayed(id);
      }
    }
    return 0;
  }
}
