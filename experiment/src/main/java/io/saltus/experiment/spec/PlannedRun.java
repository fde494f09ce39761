package io.saltus.experiment.spec;

import io.saltus.experiment.Sha256;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run that a study asks for.
 *
 * @param cell the number of its cell, from 0
 * @param axes the value of each axis that applies in the cell, canonical
 * @param seed its seed
 * @param spec what it computes, without the study
 * @param digest the {@link SpecDigest} of the spec
 */
public record PlannedRun(
    long cell, SortedMap<String, String> axes, long seed, ExperimentSpec spec, Sha256 digest) {

  /** Copies the values. */
  public PlannedRun {
    axes = Collections.unmodifiableSortedMap(new TreeMap<>(axes));
  }
}
