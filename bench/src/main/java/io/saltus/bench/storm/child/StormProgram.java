package io.saltus.bench.storm.child;

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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The scripted program, with sessions that have a state worth losing. */
final class StormProgram implements Program {

  private final ScriptedProgram scripted = new ScriptedProgram(Script.learning());
  private final Duration pace;

  /**
   * @param pace how long a step takes at least
   */
  StormProgram(Duration pace) {
    this.pace = pace;
  }

  /** A spec for it, with a checkpoint after every {@code checkpointSteps} steps. */
  static ExperimentSpec spec(long steps, long checkpointSteps) {
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
        plain.seeds(),
        plain.until(),
        plain.evaluate(),
        new CheckpointPolicy(
            new CheckpointCadence.EverySteps(checkpointSteps),
            3,
            Optional.empty(),
            Optional.empty()),
        plain.resume(),
        plain.numerics(),
        plain.device(),
        plain.placing(),
        plain.isolation(),
        plain.onDivergence(),
        plain.study(),
        plain.plot());
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
    return List.of(StatefulSession.SET);
  }

  @Override
  public SortedMap<String, Path> inputs(ExperimentSpec spec) {
    return scripted.inputs(spec);
  }

  @Override
  public TrainingSession open(SessionRequest request) {
    return new StatefulSession(request.spec(), pace);
  }
}
