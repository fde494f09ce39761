package io.saltus.experiment.spec;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The axes over which one experiment becomes many runs.
 *
 * @param axes paths of the spec with the values they take, each as canonical text
 * @param seeds one run per cell and seed; empty: the spec's own seed
 */
public record Study(SortedMap<String, List<String>> axes, List<Long> seeds) {

  /** Copies both. */
  public Study {
    axes = Collections.unmodifiableSortedMap(new TreeMap<>(axes));
    seeds = List.copyOf(seeds);
  }
}
