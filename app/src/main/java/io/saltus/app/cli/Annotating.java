package io.saltus.app.cli;

import io.saltus.app.Saltus;
import io.saltus.app.Tools;
import io.saltus.app.control.AnnotationMessage;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Problem;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent.RunAnnotated;
import io.saltus.persistence.control.ControlClient;
import io.saltus.persistence.control.ControlRequest;
import io.saltus.persistence.control.ControlResponse;
import io.saltus.persistence.home.Home;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts people's words on a run: through the process that holds the home when there is one, else as
 * the one writer ourselves.
 */
final class Annotating {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

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
    if (!throughHolder(id, annotation)) {
      try (Saltus saltus = Saltus.open(invocation.home(), tools())) {
        saltus.annotate(id, annotation);
      }
    }
    try (Reading reading = Reading.open(invocation)) {
      invocation.print(json ? reading.line(id) : reading.words(id));
    }
    return 0;
  }

  private boolean throughHolder(RunId run, RunAnnotated annotation) {
    ControlRequest request =
        new ControlRequest(AnnotationMessage.NAME, new AnnotationMessage(run, annotation).body());
    try {
      Optional<ControlResponse> answer =
          ControlClient.ask(Home.at(invocation.home()), request, PATIENCE);
      answer.filter(response -> !response.ok()).ifPresent(Annotating::refuse);
      return answer.isPresent();
    } catch (IOException e) {
      throw new Refusal(
          ExitCode.FAILED,
          new Problem(
              "the process that holds the home did not answer",
              String.valueOf(e.getMessage()),
              "Look with 'saltus show' whether it was done; else try again."),
          e);
    }
  }

  private static void refuse(ControlResponse response) {
    throw Refusal.failed(
        "the process that holds the home refused", response.body(), "Try again when it has ended.");
  }

  private Tools tools() {
    Surroundings around = invocation.surroundings();
    return new Tools(
        invocation.programs(),
        invocation.plugins(),
        around.clock(),
        System::nanoTime,
        around.random(),
        "saltus, annotating");
  }
}
