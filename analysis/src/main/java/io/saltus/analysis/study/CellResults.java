package io.saltus.analysis.study;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The runs of one cell.
 *
 * @param axes the value, canonical, of each axis that applies
 * @param runs one per seed that has begun
 */
public record CellResults(SortedMap<String, String> axes, List<? extends RunResults> runs) {

  /** Copies both. */
  public CellResults {
    axes = Collections.unmodifiableSortedMap(new TreeMap<>(axes));
    runs = List.copyOf(runs);
  }
}
