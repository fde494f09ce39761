package io.saltus.persistence.projection;

import io.saltus.experiment.event.RunEvent.RunAnnotated;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** People's words about a run, as they stand now. Empty text takes a word back. */
public record Annotations(
    SortedMap<String, String> tags,
    Optional<String> note,
    Optional<String> group,
    Optional<String> displayName,
    boolean archived) {

  private static final Annotations NONE =
      new Annotations(new TreeMap<>(), Optional.empty(), Optional.empty(), Optional.empty(), false);

  /** Makes the map unmodifiable. */
  public Annotations {
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
  }

  static Annotations none() {
    return NONE;
  }

  Annotations and(RunAnnotated event) {
    TreeMap<String, String> nextTags = new TreeMap<>(tags);
    event.untagged().forEach(nextTags::remove);
    nextTags.putAll(event.tags());
    return new Annotations(
        nextTags,
        later(note, event.note()),
        later(group, event.group()),
        later(displayName, event.displayName()),
        event.archived().orElse(archived));
  }

  /** One event that would have said all of this. */
  public RunAnnotated asEvent() {
    return new RunAnnotated(tags, List.of(), note, group, displayName, Optional.of(archived));
  }

  /** What one event says. */
  public static Annotations of(RunAnnotated event) {
    return NONE.and(event);
  }

  private static Optional<String> later(Optional<String> before, Optional<String> now) {
    return now.isPresent() ? now.filter(text -> !text.isEmpty()) : before;
  }
}
