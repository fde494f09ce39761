package io.saltus.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Puts a note on a run. */
@Command(
    name = "note",
    description = "Put a note on a run, instead of any it has; an empty one takes it away.")
final class NoteCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(index = "0", paramLabel = "RUN", description = "An id, a unique prefix, or @last.")
  private String run = "";

  @Parameters(index = "1", paramLabel = "TEXT", description = "The note.")
  private String text = "";

  NoteCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    return new Annotating(invocation).annotate(run, Annotating.note(Arguments.words("TEXT", text)));
  }
}
