package io.saltus.app.cli;

import io.saltus.app.Programs;
import io.saltus.app.doctor.Machine;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * All that a command sees of the world, so that a test can give it another one.
 *
 * @param in what a person types
 * @param out results
 * @param err everything else
 * @param environment variables
 * @param directory that relative paths start from
 * @param clock of wall time
 * @param random for the ends of run ids
 * @param programs that can train
 * @param machine that this runs on, looked at when it is asked for
 * @param halt ends the process at once with an exit code
 * @param outIsTerminal whether a person reads {@code out}
 * @param errIsTerminal whether a person reads {@code err}
 * @param inIsTerminal whether a person types {@code in}
 */
public record Surroundings(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Path directory,
    Clock clock,
    RandomGenerator random,
    Programs programs,
    Supplier<Machine> machine,
    IntConsumer halt,
    boolean outIsTerminal,
    boolean errIsTerminal,
    boolean inIsTerminal) {

  /** Copies the variables. */
  public Surroundings {
    environment = Map.copyOf(environment);
  }

  boolean colours(boolean terminal) {
    String noColor = environment.getOrDefault("NO_COLOR", "");
    return terminal && noColor.isEmpty() && !"dumb".equals(environment.get("TERM"));
  }
}
