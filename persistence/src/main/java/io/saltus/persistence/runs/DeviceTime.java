package io.saltus.persistence.runs;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.AttemptStarted;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;

/**
 * How long a run has had devices: for each attempt the time from its begin to its last event, as
 * often as it had devices. An attempt whose process died counts until the last event that it could
 * make durable.
 */
public final class DeviceTime {

  private DeviceTime() {}

  /** That of one run, with all its attempts. */
  public static Duration of(JournalReader journal, RunId run) {
    Iterator<StoredEvent> events = journal.events(RunEventSource.stream(run), 1, Long.MAX_VALUE);
    Duration sum = Duration.ZERO;
    Optional<Instant> begin = Optional.empty();
    Instant last = Instant.EPOCH;
    int devices = 0;
    while (events.hasNext()) {
      StoredEvent event = events.next();
      if (event.manifest().equals(AttemptStarted.class.getSimpleName())) {
        sum = sum.plus(lasted(begin, last, devices));
        begin = Optional.of(event.time());
        devices = devices(run, event);
      }
      last = event.time();
      if (event.manifest().equals(RunEvent.AttemptEnded.class.getSimpleName())) {
        sum = sum.plus(lasted(begin, last, devices));
        begin = Optional.empty();
      }
    }
    return sum.plus(lasted(begin, last, devices));
  }

  private static int devices(RunId run, StoredEvent event) {
    return RunEventSource.decode(run, event).event() instanceof AttemptStarted started
        ? Math.max(1, started.devices().size())
        : 1;
  }

  private static Duration lasted(Optional<Instant> begin, Instant last, int devices) {
    return begin
        .map(from -> Duration.between(from, last))
        .filter(duration -> !duration.isNegative())
        .orElse(Duration.ZERO)
        .multipliedBy(devices);
  }
}
