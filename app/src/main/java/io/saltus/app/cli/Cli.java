package io.saltus.app.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** The whole command line, as a function of its surroundings. */
public final class Cli {

  private final Surroundings surroundings;

  /** A command line in these surroundings. */
  public Cli(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Does what the arguments say and returns the exit code. */
  public int run(String... arguments) {
    GlobalOptions options = new GlobalOptions();
    Complaints complaints = new Complaints(surroundings.err(), options);
    try {
      return tree(new Invocation(surroundings, options), complaints).execute(arguments);
    } finally {
      surroundings.out().flush();
      surroundings.err().flush();
    }
  }

  private CommandLine tree(Invocation invocation, Complaints complaints) {
    CommandLine root = new CommandLine(new SaltusCommand(invocation.options()));
    Commands.addTo(root, invocation);
    // '@last' names a run, not a file of arguments.
    root.setExpandAtFiles(false);
    root.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
    root.setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8));
    boolean colours = surroundings.colours(surroundings.outIsTerminal());
    root.setColorScheme(Help.defaultColorScheme(colours ? Help.Ansi.ON : Help.Ansi.OFF));
    root.setParameterExceptionHandler(
        (failure, given) -> complaints.complain(ParseComplaints.toRefusal(failure)));
    root.setExecutionExceptionHandler((failure, command, parsed) -> complaints.complain(failure));
    return root;
  }
}
