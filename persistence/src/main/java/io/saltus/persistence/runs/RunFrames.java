package io.saltus.persistence.runs;

import io.saltus.experiment.RunId;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.StoredEvent;
import java.util.Iterator;
import java.util.OptionalInt;

/**
 * The frames that a run recorded itself, by their places in its stream: for who keeps something
 * about them. What is seen is the journal as its reader stood when this was made.
 */
public final class RunFrames {

  private final RunEventSource source;
  private final RunId run;
  private final long last;

  /**
   * Reads a run's own stream, which need not be there.
   *
   * @param journal stays the caller's to close
   */
  public RunFrames(JournalReader journal, RunId run) {
    this.source = new RunEventSource(journal);
    this.run = run;
    this.last = source.last(run);
  }

  /** The number of the last event; 0 when there is none. */
  public long last() {
    return last;
  }

  /** The rewinds among the events from one number on. */
  public Rewinds rewinds(long fromSequence) {
    return Rewinds.read(source, run, fromSequence, last);
  }

  /**
   * Frames of current history in ascending steps, cut to a range.
   *
   * @param rewinds all from {@code fromSequence} on
   */
  public Iterator<RecordedFrame> current(
      long fromSequence, long untilSequence, Rewinds rewinds, StepRange range) {
    return FrameIterator.current(
        run, source.stored(run, fromSequence, Math.min(last, untilSequence)), rewinds, range);
  }

  /** A checksum of an event, with its place and time; empty where it is not there or emptied. */
  public OptionalInt proof(long sequence) {
    Iterator<StoredEvent> event = source.stored(run, sequence, Math.min(last, sequence));
    return event.hasNext() ? OptionalInt.of(KnownRuns.proof(event.next())) : OptionalInt.empty();
  }
}
