package io.saltus.app;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent.RunAnnotated;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run that is wanted.
 *
 * @param plan what is to run
 * @param name its id; empty: one is made
 * @param tags put on it
 * @param note put on it
 * @param source the file that its spec was read from, if it was
 */
public record RunOrder(
    RunPlan plan,
    Optional<RunId> name,
    SortedMap<String, String> tags,
    Optional<String> note,
    Optional<Path> source) {

  /** Copies the tags. */
  public RunOrder {
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
  }

  /** A plan without any wishes. */
  public static RunOrder of(RunPlan plan) {
    return new RunOrder(
        plan, Optional.empty(), new TreeMap<>(), Optional.empty(), Optional.empty());
  }

  Optional<RunAnnotated> annotation() {
    return tags.isEmpty() && note.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RunAnnotated(
                tags, List.of(), note, Optional.empty(), Optional.empty(), Optional.empty()));
  }
}
