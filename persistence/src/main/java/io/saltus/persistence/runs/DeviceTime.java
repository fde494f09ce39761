package io.saltus.persistence.runs;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.AttemptEnded;
import io.saltus.experiment.event.RunEvent.AttemptStarted;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How long a run has had devices: for each attempt the time from its begin to its last event, as
 * often as it had devices. An attempt whose process died counts until the last event that it could
 * make durable itself: what was journalled of the run later, the end of that attempt included, was
 * journalled by somebody else, perhaps days later.
 */
public final class DeviceTime {

  /** Events that an attempt journals while it has its devices. */
  private static final Set<String> OF_ATTEMPTS =
      Stream.of(
              RunEvent.MetricsRecorded.class,
              RunEvent.CheckpointSaved.class,
              RunEvent.CatchUpVerified.class,
              RunEvent.Diverged.class,
              RunEvent.HistoryRewound.class,
              RunEvent.NonFiniteObserved.class)
          .map(Class::getSimpleName)
          .collect(Collectors.toUnmodifiableSet());

  private DeviceTime() {}

  /** That of one run, with all its attempts. */
  public static Duration of(JournalReader journal, RunId run) {
    Iterator<StoredEvent> events = journal.events(RunEventSource.stream(run), 1, Long.MAX_VALUE);
    Duration sum = Duration.ZERO;
    Optional<Held> held = Optional.empty();
    while (events.hasNext()) {
      StoredEvent event = events.next();
      if (event.manifest().equals(AttemptStarted.class.getSimpleName())) {
        sum = sum.plus(lasted(held));
        held = Optional.of(new Held(event.time(), event.time(), devices(run, event)));
      } else if (event.manifest().equals(AttemptEnded.class.getSimpleName())) {
        sum = sum.plus(lasted(wasInterrupted(run, event) ? held : until(held, event)));
        held = Optional.empty();
      } else if (OF_ATTEMPTS.contains(event.manifest())) {
        held = until(held, event);
      }
    }
    return sum.plus(lasted(held));
  }

  private record Held(Instant from, Instant until, int devices) {}

  private static Optional<Held> until(Optional<Held> held, StoredEvent event) {
    return held.map(each -> new Held(each.from(), event.time(), each.devices()));
  }

  private static int devices(RunId run, StoredEvent event) {
    return RunEventSource.decode(run, event).event() instanceof AttemptStarted started
        ? Math.max(1, started.devices().size())
        : 1;
  }

  private static boolean wasInterrupted(RunId run, StoredEvent event) {
    return RunEventSource.decode(run, event).event() instanceof AttemptEnded ended
        && ended.cause() == AttemptEnd.INTERRUPTED;
  }

  private static Duration lasted(Optional<Held> held) {
    return held.map(
            each -> Duration.between(each.from(), each.until()).multipliedBy(each.devices()))
        .filter(duration -> !duration.isNegative())
        .orElse(Duration.ZERO);
  }
}
