package io.saltus.persistence.runs;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent.HistoryRewound;
import io.saltus.persistence.read.StoredEvent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Where the history of a run was rewound. What an event recorded is superseded beyond the smallest
 * step that any later event rewound to.
 */
final class Rewinds {

  private static final String MANIFEST = HistoryRewound.class.getSimpleName();

  private record Rewind(long sequence, long offset, long toStep) {}

  /** Ascending in both: an earlier rewind that went less far back than a later one is left out. */
  private final List<Rewind> rewinds = new ArrayList<>();

  private Rewinds() {}

  static Rewinds none() {
    return new Rewinds();
  }

  /** Those among the events up to a sequence number; other events are passed over undecoded. */
  static Rewinds read(RunEventSource source, RunId run, long untilSequence) {
    Rewinds read = new Rewinds();
    Iterator<StoredEvent> events = source.stored(run, 1, untilSequence);
    while (events.hasNext()) {
      StoredEvent event = events.next();
      if (event.manifest().equals(MANIFEST)) {
        RecordedEvent decoded = RunEventSource.decode(run, event);
        read.add(decoded, ((HistoryRewound) decoded.event()).toStep());
      }
    }
    return read;
  }

  private void add(RecordedEvent event, long toStep) {
    while (!rewinds.isEmpty() && rewinds.get(rewinds.size() - 1).toStep() >= toStep) {
      rewinds.remove(rewinds.size() - 1);
    }
    rewinds.add(new Rewind(event.sequence(), event.offset(), toStep));
  }

  /** As {@link #limit}, for an event of another stream, by its place in the whole journal. */
  long limitOfOffset(long offset) {
    for (Rewind rewind : rewinds) {
      if (rewind.offset() > offset) {
        return rewind.toStep();
      }
    }
    return Long.MAX_VALUE;
  }

  /** The last step up to which what an event recorded still counts. */
  long limit(long sequence) {
    for (Rewind rewind : rewinds) {
      if (rewind.sequence() > sequence) {
        return rewind.toStep();
      }
    }
    return Long.MAX_VALUE;
  }
}
