package io.saltus.persistence.read;

import java.util.Iterator;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Hands out each event of a stream, or of the whole journal, exactly once and in order, however
 * often the writer starts and ends meanwhile. Not safe for use by several threads.
 */
public final class JournalFollower {

  /** How to wait between two looks at the journal. */
  @FunctionalInterface
  public interface Pause {

    /**
     * Waits.
     *
     * @throws InterruptedException when the following thread was asked to end
     */
    void await() throws InterruptedException;
  }

  /** Where the next event is read from, and how a position follows from an event. */
  private interface Source {
    Iterator<StoredEvent> from(long position);

    long positionOf(StoredEvent event);
  }

  private final JournalReader reader;
  private final Source source;
  private long next;

  private JournalFollower(JournalReader reader, Source source, long next) {
    this.reader = reader;
    this.source = source;
    this.next = next;
  }

  /**
   * Follows one stream.
   *
   * @param reader the journal
   * @param persistenceId the stream, which need not exist yet
   * @param fromSequence the first sequence number to hand out
   * @return a follower that has handed out nothing yet
   */
  public static JournalFollower ofStream(
      JournalReader reader, String persistenceId, long fromSequence) {
    return new JournalFollower(
        reader,
        new Source() {
          @Override
          public Iterator<StoredEvent> from(long position) {
            return reader.events(persistenceId, position, Long.MAX_VALUE);
          }

          @Override
          public long positionOf(StoredEvent event) {
            return event.sequence();
          }
        },
        fromSequence);
  }

  /**
   * Follows all streams in commit order.
   *
   * @param reader the journal
   * @param fromOffset the first offset to hand out
   * @return a follower that has handed out nothing yet
   */
  public static JournalFollower ofAll(JournalReader reader, long fromOffset) {
    return new JournalFollower(
        reader,
        new Source() {
          @Override
          public Iterator<StoredEvent> from(long position) {
            return reader.byOffset(position);
          }

          @Override
          public long positionOf(StoredEvent event) {
            return event.offset();
          }
        },
        fromOffset);
  }

  /**
   * Hands out what has become durable since the last call, without waiting. When the consumer
   * throws, the event that it threw on is handed out again by the next call.
   *
   * @param consumer receives the events
   * @return how many events were handed out
   */
  public long poll(Consumer<? super StoredEvent> consumer) {
    reader.refresh();
    long count = 0;
    for (Iterator<StoredEvent> events = source.from(next); events.hasNext(); count++) {
      StoredEvent event = events.next();
      consumer.accept(event);
      next = source.positionOf(event) + 1;
    }
    return count;
  }

  /**
   * Hands out events for as long as is asked, waiting only when there are none. One last look is
   * taken after {@code goOn} has said no, so that nothing durable before that is left out.
   *
   * @param consumer receives the events
   * @param goOn asked before each look
   * @param pause how to wait
   * @throws InterruptedException when interrupted in a pause
   */
  public void run(Consumer<? super StoredEvent> consumer, BooleanSupplier goOn, Pause pause)
      throws InterruptedException {
    boolean more;
    do {
      more = goOn.getAsBoolean();
      if (poll(consumer) == 0 && more) {
        pause.await();
      }
    } while (more);
  }
}
