package io.saltus.persistence.runs;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent.MetricsRecorded;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.persistence.read.StoredEvent;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The frames of one run, read on demand; other events are passed over undecoded. */
final class FrameIterator implements Iterator<RecordedFrame> {

  private static final String MANIFEST = MetricsRecorded.class.getSimpleName();
  private static final int ANY_ATTEMPT = 0;

  private final RunId run;
  private final Iterator<StoredEvent> events;
  private final Rewinds rewinds;
  private final StepRange range;
  private final int attempt;
  private @Nullable RecordedFrame next;
  private boolean ended;

  private FrameIterator(
      RunId run, Iterator<StoredEvent> events, Rewinds rewinds, StepRange range, int attempt) {
    this.run = run;
    this.events = events;
    this.rewinds = rewinds;
    this.range = range;
    this.attempt = attempt;
  }

  /** Of current history, in ascending steps. */
  static FrameIterator current(
      RunId run, Iterator<StoredEvent> events, Rewinds rewinds, StepRange range) {
    return new FrameIterator(run, events, rewinds, range, ANY_ATTEMPT);
  }

  /** Of one attempt, superseded or not. */
  static FrameIterator ofAttempt(
      RunId run, Iterator<StoredEvent> events, int attempt, StepRange range) {
    return new FrameIterator(run, events, Rewinds.none(), range, attempt);
  }

  @Override
  public boolean hasNext() {
    while (next == null && !ended && events.hasNext()) {
      StoredEvent event = events.next();
      if (event.manifest().equals(MANIFEST)) {
        MetricsRecorded outline = (MetricsRecorded) RunEventSource.outline(run, event).event();
        if (attempt == ANY_ATTEMPT || attempt == outline.attempt()) {
          take(outline, event);
        }
      }
    }
    return next != null;
  }

  /** Columns are read only where steps of the frame are wanted. */
  private void take(MetricsRecorded outline, StoredEvent event) {
    long sequence = event.sequence();
    StepRange current = range.butNotBeyond(rewinds.limit(sequence));
    if (current.cut(outline.frame()).isPresent()) {
      MetricsRecorded whole = (MetricsRecorded) RunEventSource.decode(run, event).event();
      Optional<MetricFrame> part = current.cut(whole.frame());
      next =
          part.map(frame -> new RecordedFrame(run, whole.attempt(), sequence, event.time(), frame))
              .orElse(null);
    } else {
      // Steps ascend along current history, so nothing in the range can follow.
      ended =
          outline.frame().from() > range.until()
              && outline.frame().from() <= rewinds.limit(sequence);
    }
  }

  @Override
  public RecordedFrame next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more frames");
    }
    RecordedFrame frame = next;
    next = null;
    if (frame == null) {
      throw new NoSuchElementException("no more frames");
    }
    return frame;
  }
}
