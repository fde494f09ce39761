package io.saltus.app.cli;

import io.saltus.app.control.RunMessage;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Refusal;
import io.saltus.app.report.RunView;
import io.saltus.experiment.RunId;
import io.saltus.persistence.control.ControlRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has runs that are at work in another process rest, with a checkpoint. */
@Command(name = "pause", description = "Let running runs rest, each with a checkpoint.")
final class PauseCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(paramLabel = "RUN", arity = "0..*", description = "An id, a unique prefix, or @last.")
  private List<String> runs = new ArrayList<>();

  @Option(names = "--all", description = "Every run that is running.")
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
    for (RunId run : choose()) {
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

  private String status(RunId run) {
    try (Reading reading = Reading.open(invocation)) {
      return reading.status(run);
    }
  }

  private List<RunId> choose() {
    try (Reading reading = Reading.open(invocation)) {
      return all
          ? reading.views().stream()
              .filter(view -> view.status().equals("running"))
              .map(RunView::run)
              .map(RunId::new)
              .toList()
          : runs.stream().map(reading::resolve).distinct().toList();
    }
  }
}
