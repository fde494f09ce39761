package io.saltus.app.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Prints a completion script. */
@Command(
    name = "completion",
    description = "Print a completion script for bash and zsh: source <(saltus completion)")
final class CompletionCommand implements Callable<Integer> {

  private final Invocation invocation;
  private final CommandLine root;

  CompletionCommand(Invocation invocation, CommandLine root) {
    this.invocation = invocation;
    this.root = root;
  }

  @Override
  public Integer call() {
    invocation.format(Format.TEXT);
    invocation.print(AutoComplete.bash("saltus", root).stripTrailing());
    return 0;
  }
}
