package io.saltus.app.external;

import io.saltus.experiment.event.RunEvent.RunAnnotated;
import io.saltus.experiment.metric.Catalogue;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run that another program is about to compute.
 *
 * @param experiment what it is called by, in the shape of a run's name
 * @param parameters that it is computed with, as texts by name
 * @param words that are put on it
 * @param metrics that are known already; empty where the first frame shall tell
 */
public record ExternalRun(
    String experiment,
    SortedMap<String, String> parameters,
    Optional<RunAnnotated> words,
    Catalogue metrics) {

  /** Copies the parameters. */
  public ExternalRun {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }
}
