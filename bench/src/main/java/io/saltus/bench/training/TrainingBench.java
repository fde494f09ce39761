package io.saltus.bench.training;

import io.saltus.actors.Settlement;
import io.saltus.bench.Ratio;
import io.saltus.bench.ground.Ground;
import io.saltus.bench.ground.Median;
import io.saltus.bench.ground.Specs;
import io.saltus.bench.ground.StepClock;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.tf.program.BuiltInProgram;
import io.saltus.tf.session.BareLoop;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/**
 * The default run with every step journalled against the bare TensorFlow loop on the same graph, in
 * turn and in one process; the median of the pairs counts.
 */
public final class TrainingBench {

  private static final int PAIRS = 5;
  private static final long WARM = 300;
  private static final long STEPS = 1_800;

  private TrainingBench() {}

  /** Measures steps per second of both. */
  public static List<Ratio> run(Path scratch) throws Exception {
    BuiltInProgram program = new BuiltInProgram();
    ExperimentSpec spec = Specs.grokking(program, "until=null", "steps=" + STEPS);
    double[] bare = new double[PAIRS];
    double[] journalled = new double[PAIRS];
    for (int pair = 0; pair < PAIRS; pair++) {
      bare[pair] = (STEPS - WARM) / BareLoop.seconds(program.plan(request(spec)), WARM + 1, STEPS);
      journalled[pair] = journalled(scratch.resolve("home-" + pair), program, spec);
    }
    return List.of(
        new Ratio(
            "training, every step journalled (median of " + PAIRS + " pairs)",
            "steps/s",
            Median.of(journalled),
            "bare TensorFlow loop, same graph",
            Median.of(journalled) / Median.ofRatios(journalled, bare),
            0.98));
  }

  private static double journalled(Path root, BuiltInProgram program, ExperimentSpec spec)
      throws Exception {
    StepClock clock = new StepClock();
    try (Ground ground = Ground.open(root, program)) {
      Settlement settlement = ground.train(spec, clock);
      if (settlement.step() != STEPS) {
        throw new IllegalStateException("the run ended early: " + settlement);
      }
    }
    return clock.stepsPerSecond(WARM);
  }

  private static SessionRequest request(ExperimentSpec spec) {
    return new SessionRequest(spec, List.of(DeviceId.parse("cpu:0")), new TreeMap<>());
  }
}
