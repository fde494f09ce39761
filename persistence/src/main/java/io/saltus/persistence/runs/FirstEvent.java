package io.saltus.persistence.runs;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent.MetricsRecorded;
import io.saltus.persistence.read.StoredEvent;
import java.util.Iterator;
import java.util.OptionalLong;

/**
 * Where in the stream of a run to begin to read about some steps. Steps ascend along a history that
 * was never rewound, and a saved state comes after the frame of its step, so the place is found by
 * halving: of the frames before it a few are read.
 */
final class FirstEvent {

  private static final String MANIFEST = MetricsRecorded.class.getSimpleName();

  private final RunEventSource source;
  private final RunId run;
  private final long lastSequence;

  FirstEvent(RunEventSource source, RunId run, long lastSequence) {
    this.source = source;
    this.run = run;
    this.lastSequence = lastSequence;
  }

  /** The sequence number of the last frame that begins at or before a step; 1 when none does. */
  long about(long step) {
    if (step <= 0) {
      return 1;
    }
    long low = 1;
    long high = Math.max(1, lastSequence);
    while (low < high) {
      long middle = low + (high - low + 1) / 2;
      OptionalLong begins = nextFrame(middle);
      if (begins.isPresent() && begins.getAsLong() <= step) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /**
   * The first step of the first frame from a sequence number on. Mostly that is the next event, so
   * few are read at first: frames can be large.
   */
  private OptionalLong nextFrame(long sequence) {
    long until = sequence;
    for (long next = sequence; next <= lastSequence; next = until + 1) {
      until = Math.min(lastSequence, until + (until - sequence) + 1);
      Iterator<StoredEvent> events = source.stored(run, next, until);
      while (events.hasNext()) {
        StoredEvent event = events.next();
        if (event.manifest().equals(MANIFEST)) {
          MetricsRecorded metrics = (MetricsRecorded) RunEventSource.outline(run, event).event();
          return OptionalLong.of(metrics.frame().from());
        }
      }
    }
    return OptionalLong.empty();
  }
}
