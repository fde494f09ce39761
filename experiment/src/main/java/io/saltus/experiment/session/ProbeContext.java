package io.saltus.experiment.session;

import io.saltus.experiment.spec.ExperimentSpec;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What probes are chosen and made for.
 *
 * @param spec of the run
 * @param weights shapes of the trained variables by name, as of {@link TrainingSession#weights}
 * @param sets names of the evaluation sets
 */
public record ProbeContext(
    ExperimentSpec spec, SortedMap<String, List<Long>> weights, List<String> sets) {

  /** Copies both collections. */
  public ProbeContext {
    weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
    sets = List.copyOf(sets);
  }
}
