package io.saltus.app.cli;

import io.saltus.experiment.StudyId;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows one run or one study whole. */
@Command(
    name = "show",
    description = "Show one run or one study: summary, picture and level crossings.")
final class ShowCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(paramLabel = "RUN|STUDY", description = "An id, a unique prefix, or @last.")
  private String run = "";

  ShowCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    invocation.json();
    try (Reading reading = Reading.open(invocation)) {
      Optional<StudyId> study = reading.findStudy(run);
      if (study.isPresent()) {
        StudyReport.read(invocation, reading, study.get()).print(true);
      } else {
        reading.report(reading.resolve(run));
      }
    }
    return 0;
  }
}
