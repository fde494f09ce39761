package io.saltus.app.cli;

import io.saltus.app.json.EventJson;
import io.saltus.app.problem.Refusal;
import io.saltus.app.report.EventAttempts;
import io.saltus.app.report.EventText;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.persistence.runs.BesideEvent;
import io.saltus.persistence.runs.BesideReader;
import io.saltus.persistence.runs.BesideStream;
import io.saltus.persistence.runs.RecordedEvent;
import io.saltus.persistence.studies.StudyReader;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the events of a run or a study in order. */
@Command(name = "events", description = "Show the events of a run or a study in order.")
final class EventsCommand implements Callable<Integer> {

  private static final long LOOK_EVERY = 1_000;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final Invocation invocation;

  @Parameters(paramLabel = "RUN|STUDY", description = "An id, a unique prefix, or @last.")
  private String run = "";

  @Option(names = "--from-seq", paramLabel = "N", description = "The first event, from 1.")
  private Optional<String> from = Optional.empty();

  @Option(names = "--until-seq", paramLabel = "N", description = "The last event, included.")
  private Optional<String> until = Optional.empty();

  @Option(
      names = "--follow",
      description =
          "Wait for further events until the run has come to rest; in a stream beside it, until"
              + " interrupted.")
  private boolean follow;

  @Option(
      names = "--stream",
      paramLabel = "NAME",
      description = "A stream beside the run: analysis, audit or probe.")
  private Optional<String> stream = Optional.empty();

  private boolean ended;

  EventsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException {
    invocation.json();
    Optional<BesideStream<?>> beside = stream.map(EventsCommand::stream);
    long first = Arguments.whole("--from-seq", from, 1, Long.MAX_VALUE).orElse(1L);
    long last = Arguments.whole("--until-seq", until, 1, Long.MAX_VALUE).orElse(Long.MAX_VALUE);
    if (last < first) {
      throw Refusal.wrong(
          "there is nothing from " + first + " to " + last, "--from-seq, --until-seq", "");
    }
    try (Reading reading = Reading.open(invocation)) {
      Optional<StudyId> study = reading.findStudy(run);
      if (study.isPresent()) {
        refuseOfStudies();
        show(reading.studies().events(study.get(), first, last), this::show);
        return 0;
      }
      RunId id = reading.resolve(run);
      if (beside.isPresent()) {
        beside(reading.runs().beside(id, beside.get()), first, last);
      } else if (follow) {
        follow(reading, id, first, last);
      } else {
        EventAttempts attempts = new EventAttempts(reading.runs(), id);
        show(reading.runs().events(id, first, last), event -> show(event, attempts));
      }
    }
    return 0;
  }

  private void refuseOfStudies() {
    if (follow || stream.isPresent()) {
      throw Refusal.wrong(
          run + " is a study",
          follow ? "--follow" : "--stream",
          "Only the events of a run can be followed, and only beside runs are other streams.");
    }
  }

  private <E> void beside(BesideReader<E> events, long first, long last)
      throws InterruptedException {
    if (!follow) {
      show(events.events(first, last), this::show);
      return;
    }
    events.follow(
        first,
        event -> {
          ended = event.sequence() >= last;
          if (event.sequence() <= last) {
            show(event);
          }
        },
        this::goesOn,
        EventsCommand::pause);
  }

  private <T> void show(Iterator<T> events, Consumer<? super T> showing) {
    for (long shown = 0; events.hasNext(); shown++) {
      if (shown % LOOK_EVERY == 0 && !listened()) {
        return;
      }
      showing.accept(events.next());
    }
  }

  private void follow(Reading reading, RunId id, long first, long last)
      throws InterruptedException {
    EventAttempts attempts = new EventAttempts(reading.runs(), id);
    // From the beginning, even where only later events are shown: the end may have come before.
    reading
        .runs()
        .follow(id, 1)
        .run(
            event -> {
              boolean wanted = event.sequence() >= first && event.sequence() <= last;
              ended =
                  isRest(event.event()) || event.sequence() >= last || (ended && !resumes(event));
              if (wanted) {
                show(event, attempts);
              }
            },
            this::goesOn,
            EventsCommand::pause);
  }

  private boolean goesOn() {
    invocation.surroundings().out().flush();
    return !ended && listened();
  }

  private static void pause() throws InterruptedException {
    Thread.sleep(BETWEEN_LOOKS.toMillis());
  }

  /** Whether somebody still reads: {@code | head} closes the pipe. */
  private boolean listened() {
    return !invocation.surroundings().out().checkError();
  }

  private void show(RecordedEvent event, EventAttempts attempts) {
    invocation.print(
        invocation.json() ? EventJson.line(event, attempts.of(event)) : EventText.line(event));
  }

  private void show(StudyReader.Recorded event) {
    invocation.print(invocation.json() ? EventJson.line(event) : EventText.line(event));
  }

  private void show(BesideEvent<?> event) {
    invocation.print(invocation.json() ? EventJson.line(event) : EventText.line(event));
  }

  private static boolean isRest(RunEvent event) {
    return event instanceof RunEvent.RunCompleted
        || event instanceof RunEvent.RunPaused
        || event instanceof RunEvent.RunFailed
        || event instanceof RunEvent.RunCancelled
        || event instanceof RunEvent.RunDeleted;
  }

  private static boolean resumes(RecordedEvent event) {
    return event.event() instanceof RunEvent.RunResumed
        || event.event() instanceof RunEvent.RunExtended
        || event.event() instanceof RunEvent.AttemptStarted;
  }

  private static BesideStream<?> stream(String name) {
    return BesideStream.ALL.stream()
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.wrong(
                    "'%s' is none of %s"
                        .formatted(
                            name,
                            BesideStream.ALL.stream()
                                .map(BesideStream::name)
                                .collect(Collectors.joining(", "))),
                    "--stream",
                    "Leave it out for the run's own events."));
  }
}
