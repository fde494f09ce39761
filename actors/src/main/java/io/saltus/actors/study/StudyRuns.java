package io.saltus.actors.study;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.StudyEvent.RunAssigned;
import io.saltus.persistence.projection.RunStatus;
import io.saltus.persistence.projection.StudyState;
import java.util.ArrayList;
import java.util.List;

/** Which runs of a study are meant. */
final class StudyRuns {

  private StudyRuns() {}

  /** Those that stand at a place of the plan. */
  static List<RunId> of(StudyState state) {
    List<RunId> runs = new ArrayList<>();
    state.assignments().all().forEach(assigned -> runs.add(assigned.run()));
    return runs;
  }

  /** All that it ever had of its own, those included that another has taken the place of. */
  static List<RunId> own(StudyState state) {
    List<RunId> runs = new ArrayList<>();
    state.assignments().ever().forEach(assigned -> runs.add(assigned.run()));
    return runs;
  }

  /** Those of its own at which somebody is at work, or was when its process ended. */
  static List<RunId> underWay(StudyState state, Standing standing) {
    return unfinished(state, standing).stream()
        .filter(run -> standing.statuses().get(run) != RunStatus.PAUSED)
        .toList();
  }

  /** Those of its own that have not come to their end. */
  static List<RunId> unfinished(StudyState state, Standing standing) {
    List<RunId> runs = new ArrayList<>();
    for (RunAssigned assigned : state.assignments().all()) {
      RunStatus status = standing.statuses().get(assigned.run());
      boolean goesOn =
          status == RunStatus.PAUSED || status == RunStatus.QUEUED || status == RunStatus.RUNNING;
      if (goesOn && !assigned.reused()) {
        runs.add(assigned.run());
      }
    }
    return runs;
  }
}
