package io.saltus.app.cli;

import io.saltus.app.problem.Refusal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** A command that is part of the plan and not of this version: known, and refused by name. */
@Command(hidden = true)
final class LaterCommand implements Callable<Integer> {

  static final List<String> NAMES = List.of("export", "import", "sql");

  private final String name;

  LaterCommand(String name) {
    this.name = name;
  }

  @Override
  public Integer call() {
    throw Refusal.wrong(
        "'" + name + "' arrives in a later version", "saltus " + name, "See 'saltus --help'.");
  }
}
