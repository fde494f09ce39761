package io.saltus.persistence.rocks;

import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.StoredEvent;
import io.saltus.persistence.read.StoredSnapshot;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Reads in the process that writes. */
final class PrimaryReader implements JournalReader {

  private final JournalView view;
  private final DurableOffset writer;
  private volatile long durable;
  private volatile boolean closed;

  PrimaryReader(JournalView view, DurableOffset writer) {
    this.view = view;
    this.writer = writer;
    durable = writer.get();
  }

  @Override
  public List<String> persistenceIds() {
    return whole(() -> view.persistenceIds(durable));
  }

  @Override
  public long highestSequence(String persistenceId) {
    return whole(
        () -> {
          long stream = view.stream(persistenceId);
          return stream == 0 ? 0 : view.highestSequence(stream, durable);
        });
  }

  @Override
  public long durableOffset() {
    return durable;
  }

  @Override
  public Optional<UUID> identity() {
    return whole(() -> Format.identity(view));
  }

  @Override
  public Set<String> changedSince(long offset) {
    long end = durable;
    return whole(() -> view.changed(Math.max(0, offset) + 1, end));
  }

  @Override
  public Iterator<StoredEvent> events(String persistenceId, long from, long until) {
    long end = durable;
    return new BatchIterator(
        Math.max(1, from), next -> whole(() -> view.events(persistenceId, next, until, end)));
  }

  @Override
  public Iterator<StoredEvent> byOffset(long fromOffset) {
    long end = durable;
    return new BatchIterator(
        Math.max(1, fromOffset), next -> whole(() -> view.byOffset(next, end)));
  }

  @Override
  public Optional<StoredSnapshot> latestSnapshot(String persistenceId) {
    return whole(() -> view.snapshot(persistenceId, SnapshotRange.ALL, durable));
  }

  @Override
  public boolean refresh() {
    long before = durable;
    durable = writer.get();
    return durable > before;
  }

  @Override
  public void close() {
    closed = true;
  }

  /** Here a hole is damage: the writer sees all of its own writes. */
  private <T> T whole(Supplier<T> question) {
    if (closed) {
      throw new IllegalStateException("the reader is closed");
    }
    try {
      return question.get();
    } catch (JournalView.Hole e) {
      throw e.damage();
    }
  }
}
