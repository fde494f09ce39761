package io.saltus.bench.reexecution;

import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.StoredEvent;
import io.saltus.persistence.read.StoredSnapshot;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** A reader that counts the events it hands out. Used by one thread. */
final class CountingReader implements JournalReader {

  private final JournalReader journal;
  private long events;

  CountingReader(JournalReader journal) {
    this.journal = journal;
  }

  /** How many were handed out, the same ones again counted again. */
  long events() {
    return events;
  }

  private Iterator<StoredEvent> counted(Iterator<StoredEvent> all) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return all.hasNext();
      }

      @Override
      public StoredEvent next() {
        events++;
        return all.next();
      }
    };
  }

  @Override
  public List<String> persistenceIds() {
    return journal.persistenceIds();
  }

  @Override
  public long highestSequence(String persistenceId) {
    return journal.highestSequence(persistenceId);
  }

  @Override
  public long durableOffset() {
    return journal.durableOffset();
  }

  @Override
  public Iterator<StoredEvent> events(
      String persistenceId, long fromSequence, long untilSequence) {
    return counted(journal.events(persistenceId, fromSequence, untilSequence));
  }

  @Override
  public Iterator<StoredEvent> byOffset(long fromOffset) {
    return counted(journal.byOffset(fromOffset));
  }

  @Override
  public Optional<StoredSnapshot> latestSnapshot(String persistenceId) {
    return journal.latestSnapshot(persistenceId);
  }

  @Override
  public boolean refresh() {
    return journal.refresh();
  }

  @Override
  public void close() {
    journal.close();
  }
}
