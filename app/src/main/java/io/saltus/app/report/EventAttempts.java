package io.saltus.app.report;

import io.saltus.app.json.RecordJson;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.AttemptEnded;
import io.saltus.persistence.read.JournalDamagedException;
import io.saltus.persistence.runs.RecordedEvent;
import io.saltus.persistence.runs.RunReader;
import io.saltus.persistence.runs.UnknownEventException;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Tells which attempt an event belongs to. Most say it themselves. How a run came to rest stands
 * right after the end of the attempt that it belongs to, and what became of a checkpoint stands
 * among the events of the attempt that was under way. What people asked for or said belongs to
 * none.
 *
 * <p>Looks back only as far as it must, event by event, so that damage elsewhere does not matter.
 */
public final class EventAttempts {

  private final RunReader runs;
  private final RunId run;

  /** Tells it for the events of one run. */
  public EventAttempts(RunReader runs, RunId run) {
    this.runs = runs;
    this.run = run;
  }

  /** The attempt; empty for what happened outside of all. */
  public OptionalInt of(RecordedEvent recorded) {
    RunEvent event = recorded.event();
    OptionalInt carried = carried(event);
    if (carried.isPresent()) {
      return carried;
    }
    if (isRest(event)) {
      return before(recorded.sequence(), true);
    }
    return isOfCheckpoint(event) ? before(recorded.sequence(), false) : OptionalInt.empty();
  }

  private OptionalInt before(long sequence, boolean endCounts) {
    for (long place = sequence - 1; place > 0; place--) {
      Optional<RunEvent> event = read(place);
      OptionalInt carried = event.map(EventAttempts::carried).orElse(OptionalInt.empty());
      if (carried.isPresent()) {
        boolean over = event.get() instanceof AttemptEnded;
        return over && !endCounts ? OptionalInt.empty() : carried;
      }
      if (event.filter(EventAttempts::isBeside).isEmpty()) {
        return OptionalInt.empty();
      }
    }
    return OptionalInt.empty();
  }

  /** Nothing where it cannot be read: that is said where the event itself is asked for. */
  private Optional<RunEvent> read(long sequence) {
    try {
      Iterator<RecordedEvent> found = runs.events(run, sequence, sequence);
      return found.hasNext() ? Optional.of(found.next().event()) : Optional.empty();
    } catch (JournalDamagedException | UnknownEventException unreadable) {
      return Optional.empty();
    }
  }

  private static boolean isBeside(RunEvent event) {
    return event instanceof RunEvent.RunAnnotated || isOfCheckpoint(event);
  }

  private static boolean isRest(RunEvent event) {
    return event instanceof RunEvent.RunCompleted
        || event instanceof RunEvent.RunPaused
        || event instanceof RunEvent.RunFailed
        || event instanceof RunEvent.RunCancelled;
  }

  private static boolean isOfCheckpoint(RunEvent event) {
    return event instanceof RunEvent.CheckpointRejected
        || event instanceof RunEvent.CheckpointDropped;
  }

  private static OptionalInt carried(RunEvent event) {
    for (RecordComponent component : event.getClass().getRecordComponents()) {
      if (component.getName().equals("attempt")) {
        return RecordJson.value((Record) event, component) instanceof Integer attempt
            ? OptionalInt.of(attempt)
            : OptionalInt.empty();
      }
    }
    return OptionalInt.empty();
  }
}
