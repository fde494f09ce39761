package io.saltus.bench.reexecution;

import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.StoredEvent;
import io.saltus.persistence.read.StoredSnapshot;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A reader that counts the different events it hands out. Used by one thread. */
final class CountingReader implements JournalReader {

  private final JournalReader journal;
  private final Set<Long> offsets = new HashSet<>();

  CountingReader(JournalReader journal) {
    this.journal = journal;
  }

  /** How many different ones were handed out. */
  long events() {
    return offsets.size();
  }

  private Iterator<StoredEvent> counted(Iterator<StoredEvent> all) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return all.hasNext();
      }

      @Override
      public StoredEvent next() {
        StoredEvent event = all.next();
        offsets.add(event.offset());
        return event;
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
  public Optional<UUID> identity() {
    return journal.identity();
  }

  @Override
  public Set<String> changedSince(long offset) {
    return journal.changedSince(offset);
  }

  @Override
  public Iterator<StoredEvent> events(String persistenceId, long fromSequence, long untilSequence) {
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
