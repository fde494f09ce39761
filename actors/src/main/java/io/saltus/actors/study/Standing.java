package io.saltus.actors.study;

import io.saltus.experiment.RunId;
import io.saltus.persistence.projection.RunStatus;
import java.util.Map;
import java.util.Set;

/**
 * How some runs stand in the journal.
 *
 * @param statuses of those that are there
 * @param deleted those that were there once
 * @param deviceHours that they have used devices together
 */
public record Standing(Map<RunId, RunStatus> statuses, Set<RunId> deleted, double deviceHours) {

  /** Copies the collections. */
  public Standing {
    statuses = Map.copyOf(statuses);
    deleted = Set.copyOf(deleted);
  }

  /** The same runs, which have cost what others did. */
  Standing costing(Standing others) {
    return new Standing(statuses, deleted, others.deviceHours);
  }
}
