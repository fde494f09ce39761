package io.saltus.app;

import io.saltus.experiment.session.Program;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What the façade works with.
 *
 * @param programs that can train
 * @param plugins the jars that some of them come from
 * @param clock of recorded times
 * @param nanoTime a monotonic clock in nanoseconds
 * @param random for the ends of run ids
 * @param command told to other processes that want the same home
 */
public record Tools(
    List<Program> programs,
    List<Path> plugins,
    Clock clock,
    LongSupplier nanoTime,
    RandomGenerator random,
    String command) {

  /** Copies the lists. */
  public Tools {
    programs = List.copyOf(programs);
    plugins = List.copyOf(plugins);
  }

  /** Real clocks, real randomness, the installed programs. */
  public static Tools installed() {
    return new Tools(
        Programs.installed().find(List.of()),
        List.of(),
        Clock.systemUTC(),
        System::nanoTime,
        new SecureRandom(),
        "saltus");
  }
}
