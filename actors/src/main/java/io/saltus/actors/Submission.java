package io.saltus.actors;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.experiment.provenance.InputDigest;
import io.saltus.experiment.spec.ExperimentSpec;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run that is asked for.
 *
 * @param run its id, new in its home
 * @param spec resolved and checked, as the program that runs it is to see it
 * @param inputs files by the program's names for them; never journalled
 * @param digests the content of these files, in the order of their names
 * @param code that submits it
 * @param annotation first tags and note, journalled right after the submission itself
 */
public record Submission(
    RunId run,
    ExperimentSpec spec,
    SortedMap<String, Path> inputs,
    List<InputDigest> digests,
    CodeProvenance code,
    Optional<RunEvent.RunAnnotated> annotation) {

  /** Copies the collections. */
  public Submission {
    inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    digests = List.copyOf(digests);
  }
}
