package io.saltus.persistence.runs;

import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.persistence.codec.CodecException;
import io.saltus.persistence.codec.EventCodec;
import io.saltus.persistence.codec.SupervisorEventSerializer;
import io.saltus.persistence.codec.SupervisorStateCodec;
import io.saltus.persistence.codec.SupervisorStateSerializer;
import io.saltus.persistence.projection.SupervisorState;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.StoredEvent;
import io.saltus.persistence.read.StoredSnapshot;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What the supervisor of a home has decided, from a journal alone. */
public final class SupervisorReader {

  private static final EventCodec<SupervisorEvent> CODEC = EventCodec.ofSupervisor();

  private final JournalReader journal;

  /**
   * @param journal stays the caller's to refresh and to close
   */
  public SupervisorReader(JournalReader journal) {
    this.journal = journal;
  }

  /**
   * The queue and the leases now.
   *
   * @throws io.saltus.persistence.read.JournalDamagedException at an event that cannot be read
   * @throws UnknownEventException at one that a newer version wrote
   */
  public SupervisorState state() {
    Optional<StoredSnapshot> snapshot = journal.latestSnapshot(StreamNames.SUPERVISOR);
    Optional<SupervisorState> saved = snapshot.flatMap(SupervisorReader::decode);
    long after = saved.isPresent() ? snapshot.orElseThrow().sequence() : 0;
    SupervisorState state = saved.orElse(SupervisorState.empty());
    Iterator<StoredEvent> events =
        journal.events(StreamNames.SUPERVISOR, after + 1, Long.MAX_VALUE);
    while (events.hasNext()) {
      state = state.apply(decode(events.next()));
    }
    return state;
  }

  /** Hands over every event with the time at which it was handed to the journal, in order. */
  public void forEach(BiConsumer<Instant, SupervisorEvent> each) {
    journal
        .events(StreamNames.SUPERVISOR, 1, Long.MAX_VALUE)
        .forEachRemaining(event -> each.accept(event.time(), decode(event)));
  }

  private static SupervisorEvent decode(StoredEvent event) {
    return StoredEvents.decode("the supervisor", event, SupervisorEventSerializer.ID, CODEC);
  }

  private static Optional<SupervisorState> decode(StoredSnapshot snapshot) {
    if (snapshot.payload().serializerId() != SupervisorStateSerializer.ID) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          SupervisorStateCodec.decode(
              snapshot.payload().manifest(), snapshot.payload().bytes().asByteBuffer()));
    } catch (CodecException e) {
      // A snapshot only saves time: the events say the same.
      return Optional.empty();
    }
  }
}
