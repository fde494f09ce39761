package io.saltus.persistence.read;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A view of a journal that holds only what is durable. It stands still until {@link #refresh} and
 * shows a prefix of the journal: never an event without all those of smaller offset.
 *
 * <p>Iterators hold no native resources and need no closing; they read on demand, in batches, and
 * end at what was durable when they were made. Events whose payload was emptied are passed over.
 * Iterators throw {@link JournalDamagedException} at an event that is not what was written, and
 * {@link IllegalStateException} once the reader is closed.
 */
public interface JournalReader extends AutoCloseable {

  /** Returns all streams that hold at least one event, in byte order of their names. */
  List<String> persistenceIds();

  /**
   * Returns the sequence number of a stream's last event, emptied ones included.
   *
   * @param persistenceId the stream
   * @return the number, 0 when there is no such stream
   */
  long highestSequence(String persistenceId);

  /** Returns the offset of the last event in this view, 0 when there is none. */
  long durableOffset();

  /** Returns what tells this journal from others and is the same in its copies; empty if it is. */
  Optional<UUID> identity();

  /**
   * Returns the streams that hold an event after an offset; costs as much as there are such events,
   * which are not read.
   *
   * @param offset an offset, 0 for all
   */
  Set<String> changedSince(long offset);

  /**
   * Reads a stream in order.
   *
   * @param persistenceId the stream; an unknown one is empty
   * @param fromSequence the first sequence number, inclusive
   * @param untilSequence the last sequence number, inclusive
   * @return the events
   */
  Iterator<StoredEvent> events(String persistenceId, long fromSequence, long untilSequence);

  /**
   * Reads all streams in commit order.
   *
   * @param fromOffset the first offset, inclusive
   * @return the events
   */
  Iterator<StoredEvent> byOffset(long fromOffset);

  /**
   * Returns the latest saved state of a stream.
   *
   * @param persistenceId the stream
   * @return the state, if any was saved
   */
  Optional<StoredSnapshot> latestSnapshot(String persistenceId);

  /**
   * Moves the view to what is durable now.
   *
   * @return whether there are more events than before
   */
  boolean refresh();

  /** Gives everything back; iterators of this reader fail afterwards. */
  @Override
  void close();
}
