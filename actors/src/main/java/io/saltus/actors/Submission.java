package io.saltus.actors;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.experiment.provenance.InputDigest;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.persistence.checkpoint.StoredCheckpoint;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * @param fork where the run begins, when not with step 0
 */
public record Submission(
    RunId run,
    ExperimentSpec spec,
    SortedMap<String, Path> inputs,
    List<InputDigest> digests,
    CodeProvenance code,
    Optional<RunEvent.RunAnnotated> annotation,
    Optional<Fork> fork) {

  /**
   * The state of another run that this one begins with.
   *
   * @param origin which run and step, and what becomes of its optimiser slots
   * @param state the file that holds it, durable
   */
  public record Fork(RunEvent.ForkOrigin origin, StoredCheckpoint state) {}

  /** Copies the collections. */
  public Submission {
    inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    digests = List.copyOf(digests);
  }

  /** What is journalled with the submission. */
  List<RunEvent> first() {
    List<RunEvent> events = new ArrayList<>();
    annotation.ifPresent(events::add);
    fork.ifPresent(
        begun ->
            events.add(
                new RunEvent.CheckpointSaved(
                    1, begun.origin().step(), begun.state().sha256(), begun.state().bytes())));
    return events;
  }
}
