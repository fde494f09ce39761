package io.saltus.bench.storm.child;

import io.saltus.experiment.session.ForwardingProgram;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import io.saltus.testkit.SpecDraft;
import java.time.Duration;
import java.util.List;

/** The scripted program, with sessions that have a state worth losing. */
final class StormProgram extends ForwardingProgram {

  private final Duration pace;

  /**
   * @param pace how long a step takes at least
   */
  StormProgram(Duration pace) {
    super(new ScriptedProgram(Script.learning()));
    this.pace = pace;
  }

  /** A spec for it, with a checkpoint after every {@code checkpointSteps} steps. */
  static ExperimentSpec spec(long steps, long checkpointSteps) {
    return SpecDraft.of(ScriptedProgram.spec(steps)).checkpointEvery(checkpointSteps).spec();
  }

  @Override
  public List<String> evaluationSets(ExperimentSpec spec) {
    return List.of(StatefulSession.SET);
  }

  @Override
  public TrainingSession open(SessionRequest request) {
    return new StatefulSession(request.spec(), pace);
  }
}
