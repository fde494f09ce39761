package io.saltus.bench.resume;

import io.saltus.bench.ground.Ground;
import io.saltus.bench.ground.StepClock;
import io.saltus.experiment.spec.CheckpointCadence;
import io.saltus.experiment.spec.CheckpointPolicy;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.nio.file.Path;
import java.util.Optional;

/** A scripted run of a million steps and more, left as a crash leaves it. */
public final class MillionSteps {

  /** What is recorded at least. */
  public static final long STEPS = 1_000_000;

  private static final long CHECKPOINT_EVERY = 10_000;

  private MillionSteps() {}

  /** A program that can go on with it. */
  public static ScriptedProgram program() {
    return new ScriptedProgram(Script.learning());
  }

  /** Its spec: it would go on to twice the steps, and saves its state every 10⁴. */
  public static ExperimentSpec spec() {
    ExperimentSpec base = ScriptedProgram.spec(2 * STEPS);
    return new ExperimentSpec(
        base.experiment(),
        base.title(),
        base.task(),
        base.model(),
        base.optimizer(),
        base.batchSize(),
        base.sampling(),
        base.steps(),
        base.seeds(),
        base.until(),
        base.evaluate(),
        new CheckpointPolicy(
            new CheckpointCadence.EverySteps(CHECKPOINT_EVERY),
            3,
            Optional.empty(),
            Optional.empty()),
        base.resume(),
        base.numerics(),
        base.device(),
        base.placing(),
        base.isolation(),
        base.onDivergence(),
        base.study(),
        base.plot());
  }

  /** Trains it in a new home. */
  public static void train(Path root) throws Exception {
    StepClock clock = new StepClock();
    try (Ground ground = Ground.open(root, program())) {
      ground.begin(spec(), clock);
      clock.await(StepClock.frameTo(STEPS));
    }
  }
}
