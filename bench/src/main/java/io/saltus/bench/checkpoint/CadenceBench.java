package io.saltus.bench.checkpoint;

import io.saltus.bench.Ratio;
import io.saltus.bench.ground.Ground;
import io.saltus.bench.ground.Median;
import io.saltus.bench.ground.Specs;
import io.saltus.bench.ground.StepClock;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.tf.program.BuiltInProgram;
import java.nio.file.Path;
import java.util.List;

/** The default run as it saves by itself against the same without checkpoints, in turn. */
public final class CadenceBench {

  private static final int PAIRS = 5;
  private static final long WARM = 300;

  private CadenceBench() {}

  /** Measures steps per second of both, one pair before to warm up. */
  public static List<Ratio> run(Path scratch) throws Exception {
    BuiltInProgram program = new BuiltInProgram();
    ExperimentSpec saving = Specs.grokking(program);
    ExperimentSpec bare = Specs.grokking(program, Specs.NO_CHECKPOINTS);
    double[] with = new double[PAIRS];
    double[] without = new double[PAIRS];
    rate(scratch.resolve("warm"), program, bare);
    for (int pair = 0; pair < PAIRS; pair++) {
      // Whoever comes second finds the machine as the first left it: they change places.
      boolean savingFirst = pair % 2 == 0;
      double first = rate(scratch.resolve("first-" + pair), program, savingFirst ? saving : bare);
      double second = rate(scratch.resolve("second-" + pair), program, savingFirst ? bare : saving);
      with[pair] = savingFirst ? first : second;
      without[pair] = savingFirst ? second : first;
    }
    return List.of(
        new Ratio(
            "training, checkpoint.every = auto (median of " + PAIRS + " pairs)",
            "steps/s",
            Median.of(with),
            "without checkpoints",
            Median.of(with) / Median.ofRatios(with, without),
            0.98));
  }

  private static double rate(Path root, BuiltInProgram program, ExperimentSpec spec)
      throws Exception {
    StepClock clock = new StepClock();
    try (Ground ground = Ground.open(root, program)) {
      ground.train(spec, clock);
    }
    return clock.stepsPerSecond(WARM);
  }
}
