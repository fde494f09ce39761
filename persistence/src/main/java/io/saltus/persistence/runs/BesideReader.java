package io.saltus.persistence.runs;

import io.saltus.experiment.RunId;
import io.saltus.persistence.read.JournalFollower;
import io.saltus.persistence.read.JournalFollower.Pause;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.StoredEvent;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One stream beside one run, from a journal alone; it need not be there. Its methods throw {@link
 * io.saltus.persistence.read.JournalDamagedException} and {@link UnknownEventException} at an event
 * that cannot be read.
 *
 * @param <E> its events
 */
public final class BesideReader<E> {

  private final JournalReader journal;
  private final RunId run;
  private final BesideStream<E> stream;

  BesideReader(JournalReader journal, RunId run, BesideStream<E> stream) {
    this.journal = journal;
    this.run = run;
    this.stream = stream;
  }

  /**
   * The events in order, as the journal's reader stands.
   *
   * @param fromSequence the first, from 1
   * @param untilSequence the last, included
   */
  public Iterator<BesideEvent<E>> events(long fromSequence, long untilSequence) {
    Iterator<StoredEvent> stored =
        journal.events(stream.persistenceId(run), fromSequence, untilSequence);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return stored.hasNext();
      }

      @Override
      public BesideEvent<E> next() {
        return stream.decode(run, stored.next());
      }
    };
  }

  /** The last event, which is the one that counts; empty when there is none. */
  public Optional<BesideEvent<E>> last() {
    long last = journal.highestSequence(stream.persistenceId(run));
    Iterator<BesideEvent<E>> events = events(Math.max(1, last), last);
    return events.hasNext() ? Optional.of(events.next()) : Optional.empty();
  }

  /**
   * The last event of one type; empty when there is none. Reads backwards, so it costs as much as
   * there are other events after it.
   */
  public <T extends E> Optional<T> last(Class<T> type) {
    for (long at = journal.highestSequence(stream.persistenceId(run)); at > 0; at--) {
      Iterator<BesideEvent<E>> events = events(at, at);
      if (events.hasNext()) {
        E event = events.next().event();
        if (type.isInstance(event)) {
          return Optional.of(type.cast(event));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Hands out events, each once and in order, as they become durable, for as long as is asked;
   * waits only when there are none.
   *
   * @param fromSequence the first, from 1
   * @param goOn asked before each look; one last look is taken after it has said no
   * @param pause how to wait
   * @throws InterruptedException when interrupted in a pause
   */
  public void follow(
      long fromSequence,
      Consumer<? super BesideEvent<E>> consumer,
      BooleanSupplier goOn,
      Pause pause)
      throws InterruptedException {
    JournalFollower.ofStream(journal, stream.persistenceId(run), fromSequence)
        .run(event -> consumer.accept(stream.decode(run, event)), goOn, pause);
  }
}
