package io.saltus.actors.study;

import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.StudyEvent.StudyObstacle;
import io.saltus.experiment.event.StudyEvent.StudyOutcome;
import io.saltus.experiment.event.StudyEvent.StudyRested;
import java.util.Optional;

/**
 * How a study came to rest.
 *
 * @param reason for people; empty when there is nothing to say
 * @param obstacle what keeps it from going on just so; empty when it is at its end, or when people
 *     let it rest
 */
public record StudyEnd(
    StudyId study, StudyOutcome outcome, String reason, Optional<StudyObstacle> obstacle) {

  /** As it was journalled. */
  public static StudyEnd of(StudyId study, StudyRested rest) {
    return new StudyEnd(study, rest.outcome(), rest.reason(), rest.obstacle());
  }

  /** One that nothing keeps from going on. */
  public StudyEnd(StudyId study, StudyOutcome outcome, String reason) {
    this(study, outcome, reason, Optional.empty());
  }
}
