package io.saltus.bench.resume;

import io.saltus.bench.ground.Ground;
import io.saltus.bench.ground.StepClock;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import io.saltus.testkit.SpecDraft;
import java.nio.file.Path;

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
    return SpecDraft.of(ScriptedProgram.spec(2 * STEPS)).checkpointEvery(CHECKPOINT_EVERY).spec();
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
