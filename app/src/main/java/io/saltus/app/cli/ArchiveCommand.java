package io.saltus.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a run out of sight. */
@Command(name = "archive", description = "Put a run out of sight of 'runs'; it loses nothing.")
final class ArchiveCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(paramLabel = "RUN", description = "An id, a unique prefix, or @last.")
  private String run = "";

  @Option(names = "--undo", description = "Bring it back.")
  private boolean undo;

  ArchiveCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    return new Annotating(invocation).annotate(run, Annotating.archived(!undo));
  }
}
