package io.saltus.bench.resume;

import io.saltus.bench.Ratio;
import io.saltus.bench.ground.Ground;
import io.saltus.bench.ground.Median;
import io.saltus.bench.ground.StepClock;
import java.nio.file.Path;
import java.util.List;

/**
 * A run of a million steps that crashed: from opening its home until its next attempt is durable,
 * which is when its trainer has recovered and a session holds its state.
 */
public final class RecoveryBench {

  private static final int ROUNDS = 5;
  private static final double ALLOWED_SECONDS = 2;

  private RecoveryBench() {}

  /** Measures seconds; of them less is better, so what is allowed stands above. */
  public static List<Ratio> run(Path scratch) throws Exception {
    MillionSteps.train(scratch);
    double[] seconds = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      StepClock clock = new StepClock();
      long begin = System.nanoTime();
      try (Ground ground = Ground.open(scratch, MillionSteps.program())) {
        ground.goOn(MillionSteps.spec(), clock);
        seconds[round] = (clock.await(StepClock::isStart) - begin) / 1e9;
      }
    }
    return List.of(
        new Ratio(
            "recovery of 10⁶ steps, seconds allowed",
            "s",
            ALLOWED_SECONDS,
            "median of " + ROUNDS,
            Median.of(seconds),
            1));
  }
}
