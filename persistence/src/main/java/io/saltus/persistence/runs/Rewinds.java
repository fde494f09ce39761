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
public final class Rewinds {

  private static final String MANIFEST = HistoryRewound.class.getSimpleName();

  /**
   * One of them.
   *
   * @param sequence of its event in the run's stream
   * @param offset of its event in the journal
   * @param toStep the last step that it left
   */
  public record Rewind(long sequence, long offset, long toStep) {}

  /** Ascending in both: an earlier rewind that went less far back than a later one is left out. */
  private final List<Rewind> rewinds = new ArrayList<>();

  private Rewinds() {}

  static Rewinds none() {
    return new Rewinds();
  }

  /** Those of a history, in the order of their events. */
  public static Rewinds of(List<Rewind> all) {
    Rewinds rewinds = new Rewinds();
    all.forEach(rewinds::add);
    return rewinds;
  }

  /** Those among the events up to a sequence number; other events are passed over undecoded. */
  static Rewinds read(RunEventSource source, RunId run, long untilSequence) {
    return read(source, run, 1, untilSequence);
  }

  static Rewinds read(RunEventSource source, RunId run, long fromSequence, long untilSequence) {
    Rewinds read = new Rewinds();
    Iterator<StoredEvent> events = source.stored(run, fromSequence, untilSequence);
    while (events.hasNext()) {
      StoredEvent event = events.next();
      if (event.manifest().equals(MANIFEST)) {
        RecordedEvent decoded = RunEventSource.decode(run, event);
        read.add(
            new Rewind(
                event.sequence(), event.offset(), ((HistoryRewound) decoded.event()).toStep()));
      }
    }
    return read;
  }

  private void add(Rewind rewind) {
    while (!rewinds.isEmpty() && rewinds.get(rewinds.size() - 1).toStep() >= rewind.toStep()) {
      rewinds.remove(rewinds.size() - 1);
    }
    rewinds.add(rewind);
  }

  /** Those that still mean something, ascending in place and in step. */
  public List<Rewind> all() {
    return List.copyOf(rewinds);
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
