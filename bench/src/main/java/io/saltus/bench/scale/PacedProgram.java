package io.saltus.bench.scale;

import io.saltus.experiment.Seeds;
import io.saltus.experiment.session.ForwardingProgram;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import io.saltus.testkit.SpecDraft;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The scripted program with paced sessions. The seed of a spec is the number of its run. */
public final class PacedProgram extends ForwardingProgram {

  private static final long NEVER = 999_999_999_999L;

  private final Map<Long, FrameClock> clocks = new ConcurrentHashMap<>();
  private final int hertz;

  /**
   * @param hertz steps per second of each session; 0: as fast as can be
   */
  public PacedProgram(int hertz) {
    super(new ScriptedProgram(Script.learning()));
    this.hertz = hertz;
  }

  /** A spec for it that saves only step 0 and the last step. */
  public static ExperimentSpec spec(long seed, long steps) {
    return SpecDraft.of(ScriptedProgram.spec(steps))
        .seeds(Seeds.of(seed))
        .checkpointEvery(NEVER)
        .spec();
  }

  /** When the frames of a run were computed. */
  FrameClock clock(long seed) {
    return clocks.computeIfAbsent(seed, unseen -> new FrameClock());
  }

  @Override
  public List<String> evaluationSets(ExperimentSpec spec) {
    return List.of();
  }

  @Override
  public TrainingSession open(SessionRequest request) {
    ExperimentSpec spec = request.spec();
    return new PacedSession(spec, new Pace(hertz), clock(spec.seeds().init()));
  }
}
