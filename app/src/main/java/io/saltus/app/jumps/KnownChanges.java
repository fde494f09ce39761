package io.saltus.app.jumps;

import io.saltus.analysis.jump.MetricSeries;
import io.saltus.analysis.jump.RunContext;
import io.saltus.analysis.jump.RunContext.KnownChange;
import io.saltus.experiment.metric.MetricName;
import io.saltus.persistence.projection.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoublePredicate;

/** What was done to a run, as its journal knows: forks, and steps of the learning rate. */
final class KnownChanges {

  static final MetricName LEARNING_RATE = new MetricName("learning-rate");

  /** A rate that changes more often follows a curve, which explains no jump. */
  private static final int MOST_STEPS = 20;

  /** So many may be planned; more of them are a curve too. */
  private static final int MOST_PLANNED = 1000;

  private KnownChanges() {}

  /**
   * @param rate the learning rate; empty when it is not recorded
   */
  static RunContext of(RunState state, MetricSeries rate) {
    List<KnownChange> changes = new ArrayList<>();
    state
        .parent()
        .ifPresent(
            origin ->
                changes.add(
                    new KnownChange(origin.step(), "the run was forked from " + origin.run())));
    PlannedRates planned = PlannedRates.of(state);
    int warm = planned.any() ? planned.endOfWarmUp(rate.steps()) : warmUp(rate.values());
    if (warm > 0) {
      changes.add(new KnownChange(rate.steps()[warm], "the learning rate ended its warm-up"));
    }
    if (planned.any()) {
      changes.addAll(steps(rate, 0, planned::at, MOST_PLANNED));
    } else {
      changes.addAll(steps(rate, warm, step -> true, MOST_STEPS));
    }
    return new RunContext(changes, Map.of());
  }

  /** The place at which a rise that takes several steps from the beginning on ends; else 0. */
  private static int warmUp(double[] rate) {
    int last = 0;
    while (last + 1 < rate.length && rate[last + 1] > rate[last]) {
      last++;
    }
    return last > 1 ? last : 0;
  }

  /** The changes of the rate at some steps; none where there are too many. */
  private static List<KnownChange> steps(
      MetricSeries rate, int from, DoublePredicate where, int most) {
    List<KnownChange> steps = new ArrayList<>();
    for (int i = from + 1; i < rate.values().length && steps.size() <= most; i++) {
      double before = rate.values()[i - 1];
      double after = rate.values()[i];
      if (before != after && where.test(rate.steps()[i])) {
        steps.add(
            new KnownChange(
                rate.steps()[i],
                String.format(
                    Locale.ROOT,
                    "the learning rate %s to %.3g",
                    after < before ? "fell" : "rose",
                    after)));
      }
    }
    return steps.size() <= most ? steps : List.of();
  }
}
