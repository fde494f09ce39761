package io.saltus.bench.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * {@code bench/study-storm [SEED]}: a study of twenty runs of which a worker is killed every five
 * seconds, and Saltus itself after every tenth worker.
 */
public final class StudyStormMain {

  private static final String SPEC =
      """
      include "grokking"
      experiment = storm
      steps = 1500
      until = null
      checkpoint { every = "200 steps" }
      study {
        axes { "optimizer.weight-decay" = [0, 1] }
        seeds { from = 1, count = 10 }
      }
      """;

  private StudyStormMain() {}

  /**
   * Plays it and prints what came of it; exit code 1 where a run is not what it is in peace, or
   * nothing was killed.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    String launcher = System.getProperty("saltus.launcher");
    if (launcher == null) {
      throw new IllegalStateException("-Dsaltus.launcher must name the launcher: use the script");
    }
    long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
    Path directory = Files.createTempDirectory("saltus-study-storm");
    Path spec = Files.writeString(directory.resolve("storm.conf"), SPEC);
    StudyStorm.Outcome outcome =
        new StudyStorm(List.of(launcher), directory, seed)
            .play(spec, new StudyStorm.Weather(Duration.ofSeconds(5), 10, false));
    System.out.printf(
        "runs %d, equal to the calm study's %d; killed: %d workers, Saltus %d times; attempts %d%n",
        outcome.runs(), outcome.equal(), outcome.workers(), outcome.parents(), outcome.attempts());
    System.exit(outcome.held() ? 0 : 1);
  }
}
