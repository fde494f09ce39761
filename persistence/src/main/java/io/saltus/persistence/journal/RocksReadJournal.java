package io.saltus.persistence.journal;

import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.StoredEvent;
import io.saltus.persistence.rocks.RocksStore;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.ToLongFunction;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.Offset;
import org.apache.pekko.persistence.query.Sequence;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentPersistenceIdsQuery;
import org.apache.pekko.persistence.query.javadsl.EventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.javadsl.PersistenceIdsQuery;
import org.apache.pekko.persistence.query.javadsl.ReadJournal;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Persistence Query on the journal: by stream, all streams, and by offset over all of them, each
 * current (ends at what is durable when it is started) and live (never ends). Offsets are {@link
 * Sequence} numbers; a stored offset is the last one seen, and the query goes on after it.
 */
public final class RocksReadJournal
    implements ReadJournal,
        CurrentPersistenceIdsQuery,
        PersistenceIdsQuery,
        CurrentEventsByPersistenceIdQuery,
        EventsByPersistenceIdQuery {

  /** The plugin's id. */
  public static final String IDENTIFIER = "saltus.query";

  private static final int BATCH = 128;

  /** Opens a position in the journal. */
  @FunctionalInterface
  private interface Range {
    Iterator<StoredEvent> from(JournalReader reader, long position);
  }

  private final RocksStore store;
  private final Conversion conversion;
  private final Executor blocking;

  RocksReadJournal(ActorSystem system) {
    store = JournalStore.of(system);
    conversion = new Conversion(system);
    blocking = system.dispatchers().lookup("saltus.dispatchers.journal-reading");
  }

  @Override
  public Source<String, NotUsed> currentPersistenceIds() {
    return Source.lazySource(
            () ->
                Source.completionStage(
                    CompletableFuture.supplyAsync(
                        () -> {
                          try (JournalReader reader = store.reader()) {
                            return reader.persistenceIds();
                          }
                        },
                        blocking)))
        .mapMaterializedValue(ignored -> NotUsed.getInstance())
        .mapConcat(ids -> ids);
  }

  /** First those that are there, then each whose first event comes by. */
  @Override
  public Source<String, NotUsed> persistenceIds() {
    return Source.lazySource(
            () -> {
              JournalReader reader = store.reader();
              long seen = reader.durableOffset();
              Source<String, NotUsed> there =
                  Source.completionStage(
                          CompletableFuture.supplyAsync(reader::persistenceIds, blocking))
                      .mapConcat(ids -> ids);
              return there.concat(
                  stored(seen + 1, (open, from) -> open.byOffset(from), StoredEvent::offset, true)
                      .filter(event -> event.sequence() == 1)
                      .map(StoredEvent::persistenceId));
            })
        .mapMaterializedValue(ignored -> NotUsed.getInstance());
  }

  @Override
  public Source<EventEnvelope, NotUsed> currentEventsByPersistenceId(
      String persistenceId, long fromSequenceNr, long toSequenceNr) {
    return byPersistenceId(persistenceId, fromSequenceNr, toSequenceNr, false);
  }

  @Override
  public Source<EventEnvelope, NotUsed> eventsByPersistenceId(
      String persistenceId, long fromSequenceNr, long toSequenceNr) {
    return byPersistenceId(persistenceId, fromSequenceNr, toSequenceNr, true)
        .takeWhile(event -> event.sequenceNr() < toSequenceNr, true);
  }

  private Source<EventEnvelope, NotUsed> byPersistenceId(
      String persistenceId, long from, long until, boolean live) {
    return stored(
            from,
            (reader, next) -> reader.events(persistenceId, next, until),
            StoredEvent::sequence,
            live)
        .map(this::envelope);
  }

  /**
   * Reads all streams in commit order, up to what is durable now.
   *
   * @param offset the last offset seen, or none
   * @return the events after it
   */
  public Source<EventEnvelope, NotUsed> currentEvents(Offset offset) {
    return byOffset(offset, false);
  }

  /**
   * Reads all streams in commit order, without end.
   *
   * @param offset the last offset seen, or none
   * @return the events after it
   */
  public Source<EventEnvelope, NotUsed> events(Offset offset) {
    return byOffset(offset, true);
  }

  private Source<EventEnvelope, NotUsed> byOffset(Offset offset, boolean live) {
    return stored(after(offset), (reader, from) -> reader.byOffset(from), StoredEvent::offset, live)
        .map(this::envelope);
  }

  private static long after(Offset offset) {
    if (offset.equals(Offset.noOffset())) {
      return 1;
    }
    if (offset instanceof Sequence sequence) {
      return sequence.value() + 1;
    }
    throw new IllegalArgumentException("the journal's offsets are Sequence numbers, not " + offset);
  }

  /** Reads in batches, only as fast as is asked for; a live source waits where nothing is left. */
  private Source<StoredEvent, NotUsed> stored(
      long from, Range range, ToLongFunction<StoredEvent> position, boolean live) {
    return Source.lazySource(
            () -> {
              JournalReader fixed = store.reader();
              return Source.unfoldAsync(
                  Math.max(1, from),
                  next ->
                      CompletableFuture.supplyAsync(
                              () -> batch(live ? store.reader() : fixed, range, next), blocking)
                          .thenCompose(batch -> follow(batch, range, position, next, live)));
            })
        .mapMaterializedValue(ignored -> NotUsed.getInstance())
        .mapConcat(events -> events);
  }

  /**
   * A batch, and how far the journal was durable when it was read.
   *
   * @param durable where to wait when the batch is empty
   */
  private record Batch(List<StoredEvent> events, long durable) {}

  private static Batch batch(JournalReader reader, Range range, long from) {
    List<StoredEvent> events = new ArrayList<>();
    Iterator<StoredEvent> it = range.from(reader, from);
    while (events.size() < BATCH && it.hasNext()) {
      events.add(it.next());
    }
    return new Batch(events, reader.durableOffset());
  }

  private CompletionStage<Optional<Pair<Long, List<StoredEvent>>>> follow(
      Batch batch, Range range, ToLongFunction<StoredEvent> position, long next, boolean live) {
    if (!batch.events.isEmpty()) {
      StoredEvent last = batch.events.get(batch.events.size() - 1);
      return CompletableFuture.completedFuture(
          Optional.of(Pair.create(position.applyAsLong(last) + 1, batch.events)));
    }
    if (!live) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return store
        .durableAfter(batch.durable)
        .thenApplyAsync(more -> batch(store.reader(), range, next), blocking)
        .thenCompose(later -> follow(later, range, position, next, true));
  }

  private EventEnvelope envelope(StoredEvent event) {
    return EventEnvelope.apply(
        Offset.sequence(event.offset()),
        event.persistenceId(),
        event.sequence(),
        conversion.deserialize(event.payload()),
        event.time().toEpochMilli(),
        conversion.deserializeOptional(event.metadata()));
  }
}
