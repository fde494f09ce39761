package io.saltus.app.imports;

import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.RunEvent.ImportOrigin;
import io.saltus.experiment.event.RunEvent.RunAnnotated;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run that was computed elsewhere, as its files have it.
 *
 * @param origin what kind of files
 * @param experiment what it is called by, in the shape of a run's name
 * @param words that are put on it
 * @param parameters it was computed with, as far as the files say
 * @param source of their content
 * @param digest that the series of the run must have; empty when the files do not say
 * @param frames its metrics
 */
public record ForeignRun(
    ImportOrigin origin,
    String experiment,
    Optional<RunAnnotated> words,
    SortedMap<String, String> parameters,
    Sha256 source,
    Optional<Sha256> digest,
    Frames frames) {

  /** Copies the parameters. */
  public ForeignRun {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  /** The metrics of a run, read as they are taken. */
  public interface Frames {
    /**
     * Gives all of them.
     *
     * @throws IOException when the files cannot be read any more
     */
    void pour(FrameSink into) throws IOException;
  }
}
