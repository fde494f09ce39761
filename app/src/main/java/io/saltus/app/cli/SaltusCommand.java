package io.saltus.app.cli;

import io.saltus.app.BuildFacts;
import io.saltus.app.problem.Refusal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command itself; it does nothing without a subcommand. */
@Command(
    name = "saltus",
    versionProvider = SaltusCommand.Version.class,
    description =
        "Runs training as an event-sourced actor system, keeps every metric of every step in a"
            + " journal, and shows when and how a network changed.",
    footer = {"", "Exit codes: 0 fine, 1 failed, 2 wrong input, 3 diverged, 130 interrupted."})
final class SaltusCommand implements Callable<Integer> {

  @SuppressWarnings("UnusedVariable") // picocli fills it
  @Mixin
  private final GlobalOptions options;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show the version.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean version;

  SaltusCommand(GlobalOptions options) {
    this.options = options;
  }

  @Override
  public Integer call() {
    throw Refusal.wrong("no command given", "saltus", "See 'saltus --help'.");
  }

  /** The version, asked for when it is shown. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {BuildFacts.read().line()};
    }
  }
}
