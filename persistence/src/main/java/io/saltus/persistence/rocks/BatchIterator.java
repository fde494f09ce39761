package io.saltus.persistence.rocks;

import io.saltus.persistence.read.StoredEvent;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.LongFunction;

/** Events read on demand, batch after batch; holds no native resource between two of them. */
final class BatchIterator implements Iterator<StoredEvent> {

  private final LongFunction<JournalView.Batch> source;
  private Iterator<StoredEvent> batch = List.<StoredEvent>of().iterator();
  private long next;
  private boolean ended;

  BatchIterator(long from, LongFunction<JournalView.Batch> source) {
    this.next = from;
    this.source = source;
  }

  @Override
  public boolean hasNext() {
    while (!batch.hasNext() && !ended) {
      JournalView.Batch read = source.apply(next);
      batch = read.events().iterator();
      next = read.next();
      ended = read.ended();
    }
    return batch.hasNext();
  }

  @Override
  public StoredEvent next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more events");
    }
    return batch.next();
  }
}
