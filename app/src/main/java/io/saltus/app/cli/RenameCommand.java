package io.saltus.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Gives a run a display name. */
@Command(name = "rename", description = "Give a run another display name; its id stays.")
final class RenameCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(index = "0", paramLabel = "RUN", description = "An id, a unique prefix, or @last.")
  private String run = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "The display name.")
  private String name = "";

  RenameCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    return new Annotating(invocation)
        .annotate(run, Annotating.displayName(Arguments.words("NAME", name)));
  }
}
