package io.saltus.persistence.runs;

import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.AttemptEnded;
import io.saltus.experiment.event.RunEvent.AttemptStarted;
import io.saltus.experiment.event.RunEvent.MetricsRecorded;
import io.saltus.experiment.event.RunEvent.RunAnnotated;
import io.saltus.experiment.event.RunEvent.RunDeleted;
import io.saltus.experiment.event.RunEvent.RunImported;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.provenance.Fingerprint;
import io.saltus.persistence.codec.EventCodec;
import io.saltus.persistence.codec.RunEventSerializer;
import io.saltus.persistence.projection.RecordedMetrics;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.read.Bytes;
import io.saltus.persistence.read.SerializedValue;
import io.saltus.persistence.rocks.NewEvent;
import io.saltus.persistence.rocks.RocksStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Journals a run that was computed elsewhere, in the process that holds the home and without an
 * actor. Frames may come all at once or over days. A bounded number of them is on its way to the
 * disk at a time; what is more waits here, so this must not be called where waiting is forbidden.
 *
 * <p>There must be one writer of a stream: as long as this is at work nobody else may put words on
 * the run or delete it. Used by one thread at a time.
 */
public final class ImportedRunWriter {

  private static final EventCodec<RunEvent> CODEC = EventCodec.ofRuns();
  private static final int UNDER_WAY = 16;

  private final RocksStore store;
  private final Clock clock;
  private final String stream;
  private final Deque<CompletableFuture<Void>> underWay = new ArrayDeque<>();
  private long sequence;
  private int attempt;
  private long step;
  private boolean open;

  private ImportedRunWriter(
      RocksStore store, Clock clock, String stream, long sequence, int attempt, long step) {
    this.store = store;
    this.clock = clock;
    this.stream = stream;
    this.sequence = sequence;
    this.attempt = attempt;
    this.step = step;
  }

  /**
   * Begins the stream of a run.
   *
   * @param store open for writing; stays the caller's to close
   * @param clock tells the time that stands beside each event
   * @param imported its first event, whose name must be free
   * @param words that are put on it at once
   */
  public static ImportedRunWriter begin(
      RocksStore store, Clock clock, RunImported imported, Optional<RunAnnotated> words) {
    ImportedRunWriter writer =
        new ImportedRunWriter(
            store, clock, RunEventSource.stream(imported.run()), 0, 0, RecordedMetrics.NO_STEP);
    List<RunEvent> first = new ArrayList<>();
    first.add(imported);
    words.ifPresent(first::add);
    writer.append(first);
    return writer;
  }

  /**
   * Goes on with a run that was imported and whose frames have not all come.
   *
   * @param state of the run now
   * @throws IllegalArgumentException when it was computed here
   */
  public static ImportedRunWriter goOn(RocksStore store, Clock clock, RunState state) {
    RunImported imported =
        state
            .imported()
            .orElseThrow(() -> new IllegalArgumentException("the run was not imported"));
    ImportedRunWriter writer =
        new ImportedRunWriter(
            store,
            clock,
            RunEventSource.stream(imported.run()),
            state.lastSequence(),
            state.attempts().size(),
            state.step());
    // One that its process left open ends where the next begins.
    writer.open = state.latestAttempt().filter(last -> last.end().isEmpty()).isPresent();
    return writer;
  }

  /** The last step that a frame covers; -1 before the first. */
  public long step() {
    return step;
  }

  /** The number of the last event. */
  public long sequence() {
    return sequence;
  }

  /** Whether an attempt is open, so that a frame can be added. */
  public boolean isOpen() {
    return open;
  }

  /**
   * Begins to record metrics; an attempt that is open ends.
   *
   * @param catalogue of the frames to come
   */
  public void start(Catalogue catalogue) {
    List<RunEvent> events = new ArrayList<>();
    if (open) {
      events.add(new AttemptEnded(attempt, AttemptEnd.COMPLETED, ""));
    }
    attempt++;
    open = true;
    events.add(
        new AttemptStarted(
            attempt,
            List.of(),
            step,
            new Fingerprint(new TreeMap<>(), new TreeMap<>()),
            catalogue));
    append(events);
  }

  /**
   * Records a frame of the attempt that is open.
   *
   * @throws IllegalArgumentException when it does not lie beyond the frames before it
   * @throws IllegalStateException when no attempt is open
   */
  public void add(MetricFrame frame) {
    if (!open) {
      throw new IllegalStateException("no attempt is open");
    }
    if (frame.from() <= step) {
      throw new IllegalArgumentException(
          "a frame from step %d follows step %d".formatted(frame.from(), step));
    }
    step = frame.until();
    append(List.of(new MetricsRecorded(attempt, frame)));
  }

  /**
   * Ends the attempt that is open, if one is, and waits until everything is on disk.
   *
   * @param cause {@link AttemptEnd#COMPLETED} when all there is was recorded
   * @param message why it was not; else empty
   */
  public void end(AttemptEnd cause, String message) {
    if (open) {
      open = false;
      append(List.of(new AttemptEnded(attempt, cause, message)));
    }
    await(0);
  }

  /** Puts people's words on the run. */
  public void annotate(RunAnnotated words) {
    append(List.of(words));
  }

  /** Deletes the run; nothing may be done with this afterwards. */
  public void delete() {
    append(List.of(new RunDeleted()));
  }

  /** Waits until everything that was recorded is on disk. */
  public void flush() {
    await(0);
  }

  private void append(List<RunEvent> events) {
    Instant now = clock.instant();
    List<NewEvent> added = new ArrayList<>();
    for (RunEvent event : events) {
      sequence++;
      added.add(
          NewEvent.of(
              sequence,
              now,
              new SerializedValue(
                  RunEventSerializer.ID, CODEC.manifest(event), Bytes.wrap(CODEC.encode(event)))));
    }
    await(UNDER_WAY - 1);
    underWay.add(store.append(stream, added));
  }

  private void await(int left) {
    while (underWay.size() > left) {
      underWay.remove().join();
    }
  }
}
