package io.saltus.app.cli;

import io.saltus.app.problem.Refusal;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Looks after the journal; it does nothing without a subcommand. */
@Command(name = "journal", description = "Check, measure, copy or compact the journal.")
final class JournalCommand implements Callable<Integer> {

  private JournalCommand() {}

  static CommandLine create(Invocation invocation) {
    return new CommandLine(new JournalCommand())
        .addSubcommand("check", new JournalCheckCommand(invocation))
        .addSubcommand("stats", new JournalStatsCommand(invocation))
        .addSubcommand("copy", new JournalCopyCommand(invocation))
        .addSubcommand("compact", new JournalCompactCommand(invocation));
  }

  @Override
  public Integer call() {
    throw Refusal.wrong(
        "no command given", "saltus journal", "Use check, stats, compact or copy --to DIR.");
  }
}
