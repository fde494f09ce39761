package io.saltus.bench.resume;

import io.saltus.bench.Ratio;
import io.saltus.bench.ground.Median;
import java.nio.file.Path;
import java.util.List;

/**
 * The default run killed at about step 1,500 and resumed, whole processes through the launcher:
 * from the kill until a step is durable that nobody had recorded before.
 */
public final class ResumeBench {

  private static final int ROUNDS = 5;
  private static final long KILL_AT = 1_500;
  private static final double ALLOWED_SECONDS = 6;

  private ResumeBench() {}

  /** Measures seconds; of them less is better, so what is allowed stands above. */
  public static List<Ratio> run(Path scratch) throws Exception {
    double[] seconds = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      seconds[round] = killed(scratch.resolve("home-" + round));
    }
    return List.of(
        new Ratio(
            "kill to the first new step of the default run, seconds allowed",
            "s",
            ALLOWED_SECONDS,
            "median of " + ROUNDS,
            Median.of(seconds),
            1));
  }

  private static double killed(Path home) throws Exception {
    try (LaunchedRun first = LaunchedRun.begin(home)) {
      first.awaitStep(1, KILL_AT);
    }
    long killed = System.nanoTime();
    try (LaunchedRun second = LaunchedRun.goOn(home)) {
      // What a second attempt records is beyond all that the journal held.
      second.awaitStep(2, 0);
      double seconds = (System.nanoTime() - killed) / 1e9;
      System.err.printf("bench: %.2f s, %s%n", seconds, second.phases());
      return seconds;
    }
  }
}
