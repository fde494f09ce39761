package io.saltus.actors.study;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.StudyEvent.RunAssigned;
import io.saltus.experiment.spec.PlannedRun;
import io.saltus.experiment.spec.StudyPlan;
import io.saltus.persistence.projection.Assignments.Place;
import io.saltus.persistence.projection.RunStatus;
import io.saltus.persistence.projection.StudyState;
import java.util.Iterator;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Goes once through the plan of a study, in its order, and says what is to be done at each place.
 * What a place computes is worked out only where something is to be done.
 */
final class StudyWalk {

  private final StudyPlan plan;
  private final StudyOrder order;
  private final Standing standing;
  private final Iterator<Spot> spots;

  private record Spot(long cell, Place place) {}

  /** What is to be done at a place. */
  sealed interface Step {}

  /** The run of that place, which is known, is begun or goes on. */
  record GoOn(RunId run, PlannedRun planned) implements Step {}

  /** The place gets a run of its own, or one that computes the same. */
  record Fill(PlannedRun planned) implements Step {}

  /**
   * What the place says cannot be run.
   *
   * @param known the run that was assigned to it before
   */
  record Impossible(Place place, Optional<RunId> known, String reason) implements Step {}

  StudyWalk(StudyPlan plan, StudyOrder order, Standing standing) {
    this.plan = plan;
    this.order = order;
    this.standing = standing;
    this.spots = new Spots(plan);
  }

  /** Where in the plan a run stands. */
  static Place place(PlannedRun planned) {
    return new Place(planned.axes(), planned.seed());
  }

  /** How many places of the plan have a run that has come to its end, and is not done again. */
  long done(StudyState state) {
    long done = 0;
    for (RunAssigned assigned : state.assignments().all()) {
      if (stands(state, assigned) && ended(state, assigned)) {
        done++;
      }
    }
    return done;
  }

  /** The next place at which something is to be done; empty at the end of the plan. */
  Optional<Step> next(StudyState state) {
    while (spots.hasNext()) {
      Spot spot = spots.next();
      Optional<RunAssigned> assigned = state.assignments().at(spot.place());
      boolean stands = assigned.isPresent() && stands(state, assigned.get());
      if (stands && ended(state, assigned.get())) {
        continue;
      }
      try {
        PlannedRun planned = plan.run(spot.cell(), spot.place().axes(), spot.place().seed());
        return Optional.of(stands ? new GoOn(assigned.get().run(), planned) : new Fill(planned));
      } catch (IllegalArgumentException refused) {
        Optional<RunId> known = assigned.filter(each -> stands).map(RunAssigned::run);
        return Optional.of(
            new Impossible(spot.place(), known, String.valueOf(refused.getMessage())));
      }
    }
    return Optional.empty();
  }

  /** Whether the run that a place was given is still the one. */
  private boolean stands(StudyState state, RunAssigned assigned) {
    RunStatus status = standing.statuses().get(assigned.run());
    if (assigned.reused()) {
      // Never begun here, whatever became of it since; one of its own goes on at its own place.
      boolean goesOn = status != null && !ended(status) && isOwn(state, assigned.run());
      return status == RunStatus.COMPLETED || goesOn;
    } else if (status == null) {
      // Assigned by a process that ended before it could begin it, unless somebody deleted it.
      return !standing.deleted().contains(assigned.run());
    }
    return !(status == RunStatus.CANCELLED && isDoneAgain(assigned.run()));
  }

  private static boolean isOwn(StudyState state, RunId run) {
    return state.assignments().of(run).filter(own -> !own.reused()).isPresent();
  }

  /** Whether nothing is to be done with the run of a place, which stands. */
  private boolean ended(StudyState state, RunAssigned assigned) {
    RunStatus status = standing.statuses().get(assigned.run());
    return assigned.reused()
        || (status != null
            && ended(status)
            && !(status == RunStatus.FAILED && isDoneAgain(assigned.run()))
            && !standing.goesOn(state, assigned.run()));
  }

  /** What did not come to a good end is done again where that is asked for, and once. */
  private boolean isDoneAgain(RunId run) {
    return order.failedAgain() && !order.round().hasBegun(run);
  }

  private static boolean ended(RunStatus status) {
    return status.isSettled() && status != RunStatus.PAUSED;
  }

  private static final class Spots implements Iterator<Spot> {

    private final StudyPlan plan;
    private final Iterator<SortedMap<String, String>> cells;
    private long cell = -1;
    private Optional<SortedMap<String, String>> axes = Optional.empty();
    private int seed;

    Spots(StudyPlan plan) {
      this.plan = plan;
      this.cells = plan.axes().iterator();
      advance();
    }

    private void advance() {
      seed = 0;
      cell++;
      axes = cells.hasNext() ? Optional.of(cells.next()) : Optional.empty();
    }

    @Override
    public boolean hasNext() {
      return axes.isPresent();
    }

    @Override
    public Spot next() {
      Spot spot = new Spot(cell, new Place(axes.orElseThrow(), plan.seeds().get(seed)));
      seed++;
      if (seed == plan.seeds().size()) {
        advance();
      }
      return spot;
    }
  }
}
