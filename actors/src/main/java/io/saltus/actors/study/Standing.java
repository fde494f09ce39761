package io.saltus.actors.study;

import io.saltus.experiment.RunId;
import io.saltus.persistence.projection.RunStatus;
import io.saltus.persistence.projection.StudyState;
import java.util.Map;
import java.util.Set;

/**
 * How some runs stand in the journal.
 *
 * @param statuses of those that are there
 * @param steps the last durable step of those that are complete
 * @param deleted those that were there once
 * @param deviceHours that they have used devices together
 */
public record Standing(
    Map<RunId, RunStatus> statuses,
    Map<RunId, Long> steps,
    Set<RunId> deleted,
    double deviceHours) {

  /** Copies the collections. */
  public Standing {
    statuses = Map.copyOf(statuses);
    steps = Map.copyOf(steps);
    deleted = Set.copyOf(deleted);
  }

  /** Before anything was looked at. */
  static Standing unknown() {
    return new Standing(Map.of(), Map.of(), Set.of(), 0);
  }

  /** Whether a run is complete and goes on, because its study was extended. */
  boolean goesOn(StudyState state, RunId run) {
    Long step = steps.get(run);
    return statuses.get(run) == RunStatus.COMPLETED && step != null && state.goesOn(run, step);
  }

  /** The same runs, which have cost what others did. */
  Standing costing(Standing others) {
    return new Standing(statuses, steps, deleted, others.deviceHours);
  }
}
