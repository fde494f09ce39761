package io.saltus.app;

import io.saltus.app.problem.Refusal;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.persistence.read.JournalReader;
import java.time.Clock;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Names for runs and studies to come: those that people choose, or new ones. */
public final class NewNames {

  private final TakenNames taken;
  private final RunIds ids;

  /**
   * @param journal of the home
   * @param clock whose day is part of a name
   * @param random for the ends of names
   */
  public NewNames(JournalReader journal, Clock clock, RandomGenerator random) {
    this.taken = new TakenNames(journal);
    this.ids = new RunIds(clock, random);
  }

  /**
   * A name for a run.
   *
   * @param wanted chosen by a person; empty: one is made
   * @throws Refusal when it is taken
   */
  public RunId run(String experiment, Optional<RunId> wanted) {
    wanted.ifPresent(taken::requireFree);
    return wanted.orElseGet(() -> ids.next(experiment, run -> taken.isTaken(run.value())));
  }

  /**
   * A name for a study; as {@link #run}.
   *
   * @throws Refusal when it is taken
   */
  public StudyId study(String experiment, Optional<StudyId> wanted) {
    wanted.ifPresent(taken::requireFree);
    return wanted.orElseGet(() -> ids.nextStudy(experiment, study -> taken.isTaken(study.value())));
  }
}
