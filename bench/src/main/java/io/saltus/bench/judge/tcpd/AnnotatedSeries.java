package io.saltus.bench.judge.tcpd;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A series that several people have marked.
 *
 * @param dimensions of each observation; those with more than one have no values here
 * @param values one per observation; NaN where it is missing
 * @param annotations by annotator: the positions, from 0, at which they saw something new begin
 */
@SuppressWarnings("ArrayRecordComponent") // read in place, compared by nobody
public record AnnotatedSeries(
    String name, int dimensions, double[] values, SortedMap<String, List<Integer>> annotations) {

  /** Copies the annotations. */
  public AnnotatedSeries {
    TreeMap<String, List<Integer>> copy = new TreeMap<>();
    for (Map.Entry<String, List<Integer>> each : annotations.entrySet()) {
      copy.put(each.getKey(), List.copyOf(each.getValue()));
    }
    annotations = Collections.unmodifiableSortedMap(copy);
  }

  /** How many observations, missing ones included. */
  public int size() {
    return values.length;
  }

  /** Whether at least half of the annotators saw no change. */
  public boolean isCalm() {
    long none = annotations.values().stream().filter(List::isEmpty).count();
    return 2 * none >= annotations.size();
  }
}
