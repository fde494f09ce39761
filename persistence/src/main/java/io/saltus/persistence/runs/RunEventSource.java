package io.saltus.persistence.runs;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.persistence.codec.CodecException;
import io.saltus.persistence.codec.EventCodec;
import io.saltus.persistence.codec.FrameOutline;
import io.saltus.persistence.codec.RunEventSerializer;
import io.saltus.persistence.codec.RunStateCodec;
import io.saltus.persistence.codec.RunStateSerializer;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.StoredEvent;
import io.saltus.persistence.read.StoredSnapshot;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;

/** The streams of runs, decoded. */
final class RunEventSource {

  /** Before the run's id in the name of its stream. */
  static final String PREFIX = "run|";

  private static final EventCodec<RunEvent> CODEC = EventCodec.ofRuns();

  private final JournalReader journal;

  RunEventSource(JournalReader journal) {
    this.journal = journal;
  }

  JournalReader journal() {
    return journal;
  }

  static String stream(RunId run) {
    return PREFIX + run;
  }

  /** The run of a stream; empty for other streams. */
  static Optional<RunId> run(String stream) {
    return Optional.of(stream)
        .filter(name -> name.startsWith(PREFIX))
        .map(name -> name.substring(PREFIX.length()))
        .filter(RunId::isValid)
        .map(RunId::new);
  }

  /** The number of a run's last event; 0 when there is none. */
  long last(RunId run) {
    return journal.highestSequence(stream(run));
  }

  Iterator<StoredEvent> stored(RunId run, long from, long until) {
    return journal.events(stream(run), from, until);
  }

  Iterator<RecordedEvent> events(RunId run, long from, long until) {
    return decoded(stored(run, from, until), event -> decode(run, event));
  }

  /** As {@link #events}, but frames have no columns. */
  Iterator<RecordedEvent> outlines(RunId run, long from, long until) {
    return decoded(stored(run, from, until), event -> outline(run, event));
  }

  private static Iterator<RecordedEvent> decoded(
      Iterator<StoredEvent> stored, Function<StoredEvent, RecordedEvent> decoding) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return stored.hasNext();
      }

      @Override
      public RecordedEvent next() {
        return decoding.apply(stored.next());
      }
    };
  }

  /** As {@link #decode}, but a frame has no columns. */
  static RecordedEvent outline(RunId run, StoredEvent event) {
    return Optional.of(event)
        .filter(stored -> stored.serializerId() == RunEventSerializer.ID)
        .flatMap(stored -> FrameOutline.read(stored.manifest(), stored.bytes().asByteBuffer()))
        .map(frame -> new RecordedEvent(run, event.sequence(), event.offset(), event.time(), frame))
        .orElseGet(() -> decode(run, event));
  }

  static RecordedEvent decode(RunId run, StoredEvent event) {
    return new RecordedEvent(
        run,
        event.sequence(),
        event.offset(),
        event.time(),
        StoredEvents.decode("run " + run, event, RunEventSerializer.ID, CODEC));
  }

  /** The state that the trainer saved last, when it can be used. */
  Optional<RunState> snapshot(RunId run) {
    return journal
        .latestSnapshot(stream(run))
        .flatMap(RunEventSource::decode)
        .filter(state -> !state.recorded().stale() && state.submission().isPresent());
  }

  private static Optional<RunState> decode(StoredSnapshot snapshot) {
    if (snapshot.payload().serializerId() != RunStateSerializer.ID) {
      return Optional.empty();
    }
    try {
      RunState state =
          RunStateCodec.decode(
              snapshot.payload().manifest(), snapshot.payload().bytes().asByteBuffer());
      return Optional.of(state).filter(read -> read.lastSequence() == snapshot.sequence());
    } catch (CodecException e) {
      // A snapshot only saves time: the events say the same.
      return Optional.empty();
    }
  }
}
