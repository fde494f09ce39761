package io.saltus.persistence.journal;

import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.StoredEvent;
import io.saltus.persistence.rocks.NewEvent;
import io.saltus.persistence.rocks.RocksStore;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The journal plugin {@code saltus.journal}. Its actor serializes and queues, and waits when the
 * queue is full: it has a dispatcher of its own. Replays wait for the stream's queued writes and
 * run on a dispatcher for blocking work.
 *
 * <p>The number of an event that cannot be serialized is used up by an empty one, so that sequence
 * numbers stay contiguous.
 */
public final class RocksJournal extends AsyncWriteJournal {

  private final RocksStore store = JournalStore.of(context().system());
  private final Conversion conversion = new Conversion(context().system());
  private final Executor blocking =
      context().system().dispatchers().lookup("saltus.dispatchers.journal-reading");

  /** Instantiated by Pekko. */
  public RocksJournal() {}

  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(
      Iterable<AtomicWrite> messages) {
    List<CompletableFuture<Optional<Exception>>> writes = new ArrayList<>();
    for (AtomicWrite message : messages) {
      writes.add(write(message));
    }
    return Futures.asScala(
        CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new))
            .thenApply(done -> writes.stream().map(CompletableFuture::join).toList()));
  }

  private CompletableFuture<Optional<Exception>> write(AtomicWrite message) {
    List<PersistentRepr> reprs = List.copyOf(CollectionConverters.asJava(message.payload()));
    List<NewEvent> events;
    Optional<Exception> rejection = Optional.empty();
    try {
      events = reprs.stream().map(conversion::toEvent).toList();
    } catch (Exception e) {
      rejection = Optional.of(e);
      events =
          reprs.stream()
              .map(repr -> NewEvent.empty(repr.sequenceNr(), Conversion.time(repr)))
              .toList();
    }
    Optional<Exception> result = rejection;
    return store.append(message.persistenceId(), events).thenApply(done -> result);
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
    return Futures.asScala(store.empty(persistenceId, toSequenceNr));
  }

  @Override
  public Future<Void> doAsyncReplayMessages(
      String persistenceId,
      long fromSequenceNr,
      long toSequenceNr,
      long max,
      Consumer<PersistentRepr> replayCallback) {
    return Futures.asScala(
        store
            .settled(persistenceId)
            .thenAcceptAsync(
                done -> replay(persistenceId, fromSequenceNr, toSequenceNr, max, replayCallback),
                blocking));
  }

  private void replay(
      String persistenceId, long from, long until, long max, Consumer<PersistentRepr> callback) {
    try (JournalReader reader = store.reader()) {
      Iterator<StoredEvent> events = reader.events(persistenceId, from, until);
      for (long count = 0; count < max && events.hasNext(); count++) {
        callback.accept(conversion.toRepr(events.next()));
      }
    }
  }

  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
    return Futures.asScala(
        store.settled(persistenceId).thenApplyAsync(done -> highest(persistenceId), blocking));
  }

  private long highest(String persistenceId) {
    try (JournalReader reader = store.reader()) {
      return reader.highestSequence(persistenceId);
    }
  }
}
