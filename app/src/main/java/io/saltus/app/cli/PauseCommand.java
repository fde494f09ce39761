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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has runs that are at work in another process rest, with a checkpoint. */
@Command(
    name = "pause",
    description = "Let running runs and studies rest, each run with a checkpoint.")
final class PauseCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(
      paramLabel = "RUN|STUDY",
      arity = "0..*",
      description = "An id, a unique prefix, or @last.")
  private List<String> runs = new ArrayList<>();

  @Option(names = "--all", description = "Every run and study that is running.")
  private boolean all;

  PauseCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    boolean json = invocation.json();
    if (all != runs.isEmpty()) {
      throw Refusal.wrong(
          all ? "runs are named beside --all" : "no run is named",
          "saltus pause",
          "Name runs, or give --all.");
    }
    Chosen chosen = choose();
    refuseImported(chosen);
    for (StudyId study : chosen.studies()) {
      pause(study);
    }
    for (RunId run : chosen.runs()) {
      String status = status(run);
      if (status.equals("paused")) {
        invocation.note("saltus: " + run + " rests already");
      } else if (!status.equals("running")) {
        throw Refusal.failed(
            run + " is " + status + ", so there is nothing to pause", "saltus pause " + run, "");
      } else {
        new Writing(invocation, "saltus pause " + run)
            .have(
                new ControlRequest(RunMessage.PAUSE, new RunMessage(run, "saltus pause", 0).body()),
                saltus -> saltus.pause(run, "saltus pause"));
      }
      try (Reading reading = Reading.open(invocation)) {
        invocation.print(json ? reading.line(run) : reading.headline(run));
      }
    }
    return ExitCode.FINE.code();
  }

  private void refuseImported(Chosen chosen) {
    try (Reading reading = Reading.open(invocation)) {
      chosen.runs().forEach(run -> reading.refuseImported(run, "pause"));
    }
  }

  private void pause(StudyId study) {
    String status;
    try (Reading reading = Reading.open(invocation)) {
      status = reading.study(study).status();
    }
    if (status.equals("paused")) {
      invocation.note("saltus: " + study + " rests already");
    } else if (!status.equals("running")) {
      throw Refusal.failed(
          study + " is " + status + ", so there is nothing to pause", "saltus pause " + study, "");
    } else {
      new Writing(invocation, "saltus pause " + study)
          .have(
              new ControlRequest(
                  StudyMessage.PAUSE, new StudyMessage(study, "saltus pause", 0).body()),
              saltus -> saltus.studies().pause(study, "saltus pause"));
    }
    try (Reading reading = Reading.open(invocation)) {
      reading.head(study).forEach(invocation::print);
    }
  }

  private String status(RunId run) {
    try (Reading reading = Reading.open(invocation)) {
      return reading.status(run);
    }
  }

  private Chosen choose() {
    try (Reading reading = Reading.open(invocation)) {
      return all ? Chosen.all(reading, Set.of("running")) : Chosen.named(reading, runs);
    }
  }
}
