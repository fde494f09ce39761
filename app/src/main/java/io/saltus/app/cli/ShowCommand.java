package io.saltus.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows one run whole. */
@Command(name = "show", description = "Show one run: summary, picture and level crossings.")
final class ShowCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(paramLabel = "RUN", description = "An id, a unique prefix, or @last.")
  private String run = "";

  ShowCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    invocation.json();
    try (Reading reading = Reading.open(invocation)) {
      reading.report(reading.resolve(run));
    }
    return 0;
  }
}
