package io.saltus.app.jumps;

import io.saltus.experiment.spec.Component;
import io.saltus.experiment.spec.SpecValue;
import io.saltus.persistence.projection.RunState;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The steps at which the spec of a run says that the learning rate changes at once: those of the
 * schedules {@code step} and {@code piecewise}. What the change was is in the recorded rate. They
 * count from the beginning of the run, or of the parent of a fork, like all steps.
 *
 * @param every a change at every multiple; 0 for none
 * @param places changes one by one
 * @param warmUpSteps after which the rate rises no more by itself; 0 for none
 */
record PlannedRates(long every, Set<Long> places, long warmUpSteps) {

  private static final String SCHEDULE = "schedule";

  PlannedRates {
    places = Set.copyOf(places);
  }

  /** Those of a run; none where its optimiser has no such schedule. */
  static PlannedRates of(RunState state) {
    return state
        .submission()
        .map(submitted -> of(submitted.spec().optimizer()))
        .orElse(new PlannedRates(0, Set.of(), 0));
  }

  private static PlannedRates of(Component optimizer) {
    Map<String, SpecValue> values = optimizer.parameters();
    Set<Long> places = new TreeSet<>();
    long warmUp = values.get("warm-up-steps") instanceof SpecValue.Whole steps ? steps.value() : 0;
    if (values.get(SCHEDULE) instanceof SpecValue.Text schedule) {
      if (schedule.value().equals("step")
          && values.get("step-every") instanceof SpecValue.Whole every
          && every.value() > 0) {
        return new PlannedRates(every.value(), places, warmUp);
      }
      if (schedule.value().equals("piecewise")
          && values.get("piecewise") instanceof SpecValue.Points points) {
        points.points().forEach(point -> places.add(point.step()));
      }
    }
    return new PlannedRates(0, places, warmUp);
  }

  boolean any() {
    return every > 0 || !places.isEmpty();
  }

  /** The place of the last step of the warm-up among these; 0 where it is not one of them. */
  int endOfWarmUp(double[] steps) {
    return warmUpSteps == 0 ? 0 : Math.max(0, Arrays.binarySearch(steps, warmUpSteps));
  }

  /** Whether a change is planned at a step. */
  boolean at(double step) {
    long whole = (long) step;
    return every > 0 ? whole % every == 0 : places.contains(whole);
  }
}
