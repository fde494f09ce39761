package io.saltus.app;

import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksStore;
import java.util.concurrent.CompletableFuture;

/**
 * The journal of a home in the process that writes it, for those who only read: what is durable is
 * seen at once. Its readers must be closed before the home is.
 */
public final class LiveJournal {

  private final RocksStore store;

  LiveJournal(RocksStore store) {
    this.store = store;
  }

  /** A view of what is durable now. */
  public JournalReader reader() {
    return store.reader();
  }

  /** The offset of the last durable event; 0 when there is none. */
  public long durableOffset() {
    return store.durableOffset();
  }

  /**
   * Waits for more.
   *
   * @return completed with the last durable offset once that is greater than {@code offset}, by the
   *     thread that writes: go on elsewhere; failed when the home is closed first
   */
  public CompletableFuture<Long> durableAfter(long offset) {
    return store.durableAfter(offset);
  }
}
