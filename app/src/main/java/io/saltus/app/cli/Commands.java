package io.saltus.app.cli;

import picocli.CommandLine;

/** The subcommands, in the order of the help. */
final class Commands {

  private Commands() {}

  static void addTo(CommandLine root, Invocation invocation) {
    root.addSubcommand("specs", new SpecsCommand(invocation));
    root.addSubcommand("devices", new DevicesCommand(invocation));
    root.addSubcommand("completion", new CompletionCommand(invocation, root));
    LaterCommand.NAMES.forEach(
        name ->
            root.addSubcommand(
                name, new CommandLine(new LaterCommand(name)).setUnmatchedArgumentsAllowed(true)));
  }
}
