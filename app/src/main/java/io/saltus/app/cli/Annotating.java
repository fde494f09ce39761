package io.saltus.app.cli;

import io.saltus.app.control.AnnotationMessage;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent.RunAnnotated;
import io.saltus.persistence.control.ControlRequest;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts people's words on a run: through the process that holds the home when there is one, else as
 * the one writer ourselves.
 */
final class Annotating {

  private final Invocation invocation;

  Annotating(Invocation invocation) {
    this.invocation = invocation;
  }

  static RunAnnotated tags(SortedMap<String, String> tags, List<String> removed) {
    return new RunAnnotated(
        tags, removed, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  static RunAnnotated note(String note) {
    return new RunAnnotated(
        new TreeMap<>(),
        List.of(),
        Optional.of(note),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static RunAnnotated displayName(String name) {
    return new RunAnnotated(
        new TreeMap<>(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(name),
        Optional.empty());
  }

  static RunAnnotated archived(boolean archived) {
    return new RunAnnotated(
        new TreeMap<>(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(archived));
  }

  /** Does it, durably, and shows the run as it then is. */
  int annotate(String run, RunAnnotated annotation) {
    boolean json = invocation.json();
    RunId id;
    try (Reading reading = Reading.open(invocation)) {
      id = reading.resolve(run);
    }
    new Writing(invocation, "saltus, annotating")
        .have(
            new ControlRequest(
                AnnotationMessage.NAME, new AnnotationMessage(id, annotation).body()),
            saltus -> saltus.annotate(id, annotation));
    try (Reading reading = Reading.open(invocation)) {
      invocation.print(json ? reading.line(id) : reading.words(id));
    }
    return 0;
  }
}
