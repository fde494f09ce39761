package io.saltus.experiment.provenance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The environment of an attempt.
 *
 * @param numeric fields that must match for exactness to be claimed: natives, threads, instruction
 *     set, kernel-changing variables, optimised graph, kernel canary…
 * @param informational fields that are noted only: JDK, Saltus version…
 */
public record Fingerprint(
    SortedMap<String, String> numeric, SortedMap<String, String> informational) {

  /** Copies both maps. */
  public Fingerprint {
    numeric = Collections.unmodifiableSortedMap(new TreeMap<>(numeric));
    informational = Collections.unmodifiableSortedMap(new TreeMap<>(informational));
  }

  /** The names of the numeric fields that differ, in order; empty when exactness can be claimed. */
  public List<String> numericDifferences(Fingerprint other) {
    SortedSet<String> names = new TreeSet<>(numeric.keySet());
    names.addAll(other.numeric.keySet());
    List<String> differing = new ArrayList<>();
    for (String name : names) {
      if (!String.valueOf(numeric.get(name)).equals(String.valueOf(other.numeric.get(name)))) {
        differing.add(name);
      }
    }
    return List.copyOf(differing);
  }
}
