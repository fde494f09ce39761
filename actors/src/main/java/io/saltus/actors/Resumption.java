package io.saltus.actors;

import io.saltus.experiment.RunId;
import io.saltus.experiment.spec.ExperimentSpec;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run that is asked to go on.
 *
 * @param run its id, in the journal
 * @param spec as journalled, with the paths of its inputs where they lie now
 * @param inputs files by the program's names for them, with the content that the journal names
 */
public record Resumption(RunId run, ExperimentSpec spec, SortedMap<String, Path> inputs) {

  /** Copies the map. */
  public Resumption {
    inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
  }
}
