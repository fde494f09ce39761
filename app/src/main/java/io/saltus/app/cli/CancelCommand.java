package io.saltus.app.cli;

import io.saltus.app.control.RunMessage;
import io.saltus.app.control.StudyMessage;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.persistence.control.ControlRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Ends runs and studies for good. */
@Command(name = "cancel", description = "End runs and studies for good; what they recorded stays.")
final class CancelCommand implements Callable<Integer> {

  private static final Set<String> ENDED = Set.of("completed", "failed");

  private final Invocation invocation;

  @Parameters(
      paramLabel = "RUN|STUDY",
      arity = "1..*",
      description = "An id, a unique prefix, or @last.")
  private List<String> runs = new ArrayList<>();

  CancelCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    boolean json = invocation.json();
    Chosen chosen;
    try (Reading reading = Reading.open(invocation)) {
      chosen = Chosen.named(reading, runs);
      for (StudyId study : chosen.studies()) {
        String status = reading.study(study).status();
        if (ENDED.contains(status)) {
          throw Refusal.failed(study + " is " + status + " already", "saltus cancel " + study, "");
        }
      }
      for (RunId run : chosen.runs()) {
        reading.refuseImported(run, "cancel");
        if (ENDED.contains(reading.status(run))) {
          throw Refusal.failed(
              run + " is " + reading.status(run) + " already", "saltus cancel " + run, "");
        }
      }
    }
    chosen.studies().forEach(this::cancel);
    for (RunId run : chosen.runs()) {
      cancel(run);
      try (Reading reading = Reading.open(invocation)) {
        invocation.print(json ? reading.line(run) : reading.headline(run));
      }
    }
    return ExitCode.FINE.code();
  }

  private void cancel(StudyId study) {
    if (isCancelled(study)) {
      invocation.note("saltus: " + study + " is cancelled already");
    } else {
      end(study);
    }
    try (Reading reading = Reading.open(invocation)) {
      reading.head(study).forEach(invocation::print);
    }
  }

  private boolean isCancelled(StudyId study) {
    try (Reading reading = Reading.open(invocation)) {
      return reading.study(study).status().equals("cancelled");
    }
  }

  private void end(StudyId study) {
    new Writing(invocation, "saltus cancel " + study)
        .have(
            new ControlRequest(
                StudyMessage.CANCEL, new StudyMessage(study, "saltus cancel", 0).body()),
            saltus -> saltus.studies().cancel(study, "saltus cancel"));
  }

  private void cancel(RunId run) {
    try (Reading reading = Reading.open(invocation)) {
      if (reading.status(run).equals("cancelled")) {
        invocation.note("saltus: " + run + " is cancelled already");
        return;
      }
    }
    new Writing(invocation, "saltus cancel " + run)
        .have(
            new ControlRequest(RunMessage.CANCEL, new RunMessage(run, "saltus cancel", 0).body()),
            saltus -> saltus.cancel(run, "saltus cancel"));
  }
}
