package io.saltus.app.cli;

import io.saltus.app.control.RunMessage;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.RunId;
import io.saltus.persistence.control.ControlRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Ends runs for good. */
@Command(name = "cancel", description = "End runs for good; what they recorded stays.")
final class CancelCommand implements Callable<Integer> {

  private static final Set<String> ENDED = Set.of("completed", "failed", "imported");

  private final Invocation invocation;

  @Parameters(paramLabel = "RUN", arity = "1..*", description = "An id, a unique prefix, or @last.")
  private List<String> runs = new ArrayList<>();

  CancelCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    boolean json = invocation.json();
    List<RunId> chosen;
    try (Reading reading = Reading.open(invocation)) {
      chosen = runs.stream().map(reading::resolve).distinct().toList();
      for (RunId run : chosen) {
        if (ENDED.contains(reading.status(run))) {
          throw Refusal.failed(
              run + " is " + reading.status(run) + " already", "saltus cancel " + run, "");
        }
      }
    }
    for (RunId run : chosen) {
      cancel(run);
      try (Reading reading = Reading.open(invocation)) {
        invocation.print(json ? reading.line(run) : reading.headline(run));
      }
    }
    return ExitCode.FINE.code();
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
