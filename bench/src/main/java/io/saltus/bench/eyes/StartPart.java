package io.saltus.bench.eyes;

import io.saltus.bench.eyes.ground.Homes;
import io.saltus.bench.eyes.ground.Scene;
import io.saltus.bench.eyes.ground.ServerProcess;
import io.saltus.bench.ground.Figure;
import io.saltus.bench.ground.LoadAverage;
import io.saltus.bench.ground.Median;
import java.nio.file.Path;
import java.util.Arrays;

/** {@code saltus serve}, whole processes: from the start to the first answers. */
final class StartPart {

  private static final double SECONDS = 2.5;

  private StartPart() {}

  static void play(Scene scene) throws Exception {
    Path full = scene.home("finished");
    scene.say("filling a home with finished runs");
    Homes.finished(full, scene.sizes().runs());
    measure(scene, scene.home("empty"), "an empty home");
    measure(scene, full, "%,d finished runs".formatted(scene.sizes().runs()));
  }

  private static void measure(Scene scene, Path home, String what) throws Exception {
    int rounds = scene.sizes().rounds();
    double load = LoadAverage.now();
    double[] first = new double[rounds];
    double[] page = new double[rounds];
    // The first one makes the home, or fills the disk's cache.
    once(home);
    for (int round = 0; round < rounds; round++) {
      double[] seconds = once(home);
      first[round] = seconds[0];
      page[round] = seconds[1];
    }
    String of = ", " + what + ", median of " + rounds;
    scene
        .out()
        .accept(
            Figure.atMost(
                "`saltus serve` to its first answer" + of, Median.of(first), SECONDS, "s", load));
    scene
        .out()
        .accept(
            Figure.said(
                "`saltus serve` to its first page of runs" + of,
                Median.of(page),
                "s",
                "slowest first answer: "
                    + Figure.number(Arrays.stream(first).max().orElseThrow())
                    + " s",
                load));
  }

  private static double[] once(Path home) throws Exception {
    try (ServerProcess server = ServerProcess.start(home)) {
      double first = server.awaitAnswer("/health/live");
      return new double[] {first, server.awaitAnswer("/api/v1/runs")};
    }
  }
}
