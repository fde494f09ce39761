package io.saltus.bench.scale;

import io.saltus.experiment.Seeds;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.experiment.spec.CheckpointCadence;
import io.saltus.experiment.spec.CheckpointPolicy;
import io.saltus.experiment.spec.ComponentSchema;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.SpecProblem;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;

/** The scripted program with paced sessions. The seed of a spec is the number of its run. */
final class PacedProgram implements Program {

  private static final long NEVER = 999_999_999_999L;

  private final ScriptedProgram scripted = new ScriptedProgram(Script.learning());
  private final Map<Long, FrameClock> clocks = new ConcurrentHashMap<>();
  private final int hertz;

  /**
   * @param hertz frames per second of each session; 0: as fast as can be
   */
  PacedProgram(int hertz) {
    this.hertz = hertz;
  }

  /** A spec for it that saves only step 0 and the last step. */
  static ExperimentSpec spec(long seed, long steps) {
    ExperimentSpec plain = ScriptedProgram.spec(steps);
    return new ExperimentSpec(
        plain.experiment(),
        plain.title(),
        plain.task(),
        plain.model(),
        plain.optimizer(),
        plain.batchSize(),
        plain.sampling(),
        plain.steps(),
        Seeds.of(seed),
        plain.until(),
        plain.evaluate(),
        new CheckpointPolicy(
            new CheckpointCadence.EverySteps(NEVER), 3, Optional.empty(), Optional.empty()),
        plain.resume(),
        plain.numerics(),
        plain.device(),
        plain.placing(),
        plain.isolation(),
        plain.onDivergence(),
        plain.study(),
        plain.plot());
  }

  /** When the frames of a run were computed. */
  FrameClock clock(long seed) {
    return clocks.computeIfAbsent(seed, unseen -> new FrameClock());
  }

  @Override
  public List<ComponentSchema> tasks() {
    return scripted.tasks();
  }

  @Override
  public List<ComponentSchema> models() {
    return scripted.models();
  }

  @Override
  public List<ComponentSchema> optimizers() {
    return scripted.optimizers();
  }

  @Override
  public boolean supports(ExperimentSpec spec) {
    return scripted.supports(spec);
  }

  @Override
  public List<SpecProblem> check(ExperimentSpec spec) {
    return scripted.check(spec);
  }

  @Override
  public List<String> evaluationSets(ExperimentSpec spec) {
    return List.of();
  }

  @Override
  public SortedMap<String, Path> inputs(ExperimentSpec spec) {
    return scripted.inputs(spec);
  }

  @Override
  public TrainingSession open(SessionRequest request) {
    ExperimentSpec spec = request.spec();
    return new PacedSession(spec, new Pace(hertz), clock(spec.seeds().init()));
  }
}
