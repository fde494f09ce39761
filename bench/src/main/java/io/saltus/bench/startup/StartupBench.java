package io.saltus.bench.startup;

import io.saltus.bench.Ratio;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The launcher from the shell's view: whole processes, median of many, after the ones that build
 * and warm the disk's cache.
 */
public final class StartupBench {

  private static final int COUNTED = 11;
  private static final int RUNS_IN_HOME = 3;

  private StartupBench() {}

  /**
   * Measures {@code --version} and {@code runs}.
   *
   * @throws IllegalStateException when {@code saltus.launcher} does not name the launcher
   */
  public static List<Ratio> run(Path scratch) throws Exception {
    String launcher = System.getProperty("saltus.launcher");
    if (launcher == null) {
      throw new IllegalStateException("-Dsaltus.launcher must name the launcher: use bench/run");
    }
    String home = scratch.resolve("home").toString();
    for (int i = 0; i < RUNS_IN_HOME; i++) {
      call(launcher, "run", "grokking", "--home", home, "--steps", "300", "--quiet");
    }
    return List.of(
        ratio("saltus --version", 0.5, seconds(launcher, "--version")),
        ratio(
            "saltus runs (" + RUNS_IN_HOME + " runs)",
            1,
            seconds(launcher, "runs", "--home", home)));
  }

  private static Ratio ratio(String what, double limit, double seconds) {
    return new Ratio(what + ", median of " + COUNTED, "/s", 1 / seconds, "limit", 1 / limit, 1);
  }

  private static double seconds(String... command) throws Exception {
    call(command);
    double[] seconds = new double[COUNTED];
    for (int i = 0; i < COUNTED; i++) {
      long begin = System.nanoTime();
      call(command);
      seconds[i] = (System.nanoTime() - begin) / 1e9;
    }
    Arrays.sort(seconds);
    return seconds[COUNTED / 2];
  }

  private static void call(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int exit = process.waitFor();
    if (exit != 0) {
      throw new IllegalStateException(String.join(" ", command) + " failed with exit " + exit);
    }
  }
}
