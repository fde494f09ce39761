package io.saltus.bench.reexecution;

import io.saltus.bench.Ratio;
import io.saltus.bench.ground.Ground;
import io.saltus.bench.ground.Median;
import io.saltus.bench.ground.Specs;
import io.saltus.bench.ground.StepClock;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.tf.program.BuiltInProgram;
import java.nio.file.Path;
import java.util.List;

/**
 * The default run trained, caught up with after a crash, and verified, in turn in one process, each
 * from its first step on; a round before warms up.
 */
public final class VerifyBench {

  private static final int ROUNDS = 5;
  private static final long STEPS = 1_800;

  private VerifyBench() {}

  private record Rates(double training, double catchUp, double verify) {}

  /** Measures steps per second of the three. */
  public static List<Ratio> run(Path scratch) throws Exception {
    BuiltInProgram program = new BuiltInProgram();
    // Never saved, so that going on begins with step 0; twice as long, so that it is cut off.
    ExperimentSpec spec =
        Specs.grokking(program, "until=null", "steps=" + 2 * STEPS, Specs.NO_CHECKPOINTS);
    double[] training = new double[ROUNDS];
    double[] catchUp = new double[ROUNDS];
    double[] verify = new double[ROUNDS];
    rates(scratch.resolve("warm"), program, spec);
    for (int round = 0; round < ROUNDS; round++) {
      Rates rates = rates(scratch.resolve("home-" + round), program, spec);
      training[round] = rates.training();
      catchUp[round] = rates.catchUp();
      verify[round] = rates.verify();
    }
    return List.of(
        ratio("catching up after a crash", catchUp, training), ratio("verify", verify, training));
  }

  private static Ratio ratio(String what, double[] ours, double[] training) {
    return new Ratio(
        what + " (median of " + ROUNDS + " pairs)",
        "steps/s",
        Median.of(ours),
        "training the same steps",
        Median.of(ours) / Median.ofRatios(ours, training),
        0.95);
  }

  private static Rates rates(Path root, BuiltInProgram program, ExperimentSpec spec)
      throws Exception {
    StepClock first = new StepClock();
    try (Ground ground = Ground.open(root, program)) {
      ground.begin(spec, first);
      first.await(StepClock.frameTo(STEPS));
    }
    StepClock second = new StepClock();
    long caughtUpTo;
    double catchUpSeconds;
    try (Ground ground = Ground.open(root, program)) {
      ground.goOn(spec, second);
      long begun = second.await(StepClock::isStart);
      long done = second.await(RunEvent.CatchUpVerified.class::isInstance);
      caughtUpTo = second.caughtUpTo();
      catchUpSeconds = (done - begun) / 1e9;
    }
    double trainingSeconds =
        (first.await(StepClock.frameTo(STEPS)) - first.await(StepClock::isStart)) / 1e9;
    Verification verification = Verification.of(root, program, 0, STEPS);
    return new Rates(
        STEPS / trainingSeconds,
        caughtUpTo / catchUpSeconds,
        verification.steps() / verification.stepSeconds());
  }
}
