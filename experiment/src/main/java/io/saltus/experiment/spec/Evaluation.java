package io.saltus.experiment.spec;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * When the named evaluation sets are evaluated: always at step 0 and at the last step, and in
 * between at their cadence.
 *
 * @param every the cadence of sets that have none of their own
 * @param sets cadences by the name of the set
 */
public record Evaluation(Cadence every, SortedMap<String, Cadence> sets) {

  /** Copies the map. */
  public Evaluation {
    sets = Collections.unmodifiableSortedMap(new TreeMap<>(sets));
  }

  /** The cadence of a set. */
  public Cadence cadenceOf(String set) {
    return sets.getOrDefault(set, every);
  }
}
