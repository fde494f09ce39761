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
        MetricsRecorded metrics = (MetricsRecorded) RunEventSource.decode(run, event).event();
        if (attempt == ANY_ATTEMPT || attempt == metrics.attempt()) {
          take(metrics, event);
        }
      }
    }
    return next != null;
  }

  private void take(MetricsRecorded metrics, StoredEvent event) {
    long sequence = event.sequence();
    StepRange current = range.butNotBeyond(rewinds.limit(sequence));
    Optional<MetricFrame> part = current.cut(metrics.frame());
    if (part.isPresent()) {
      next = new RecordedFrame(run, metrics.attempt(), sequence, event.time(), part.get());
    } else {
      // Steps ascend along current history, so nothing in the range can follow.
      ended =
          metrics.frame().from() > range.until()
              && metrics.frame().from() <= rewinds.limit(sequence);
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
