package io.saltus.persistence.rocks;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** How far the journal is on disk, and who waits for it to get further. */
final class DurableOffset {

  private record Waiting(long offset, CompletableFuture<Long> reached) {}

  private final List<Waiting> waiting = new ArrayList<>();
  private volatile long last;
  private boolean closed;

  DurableOffset(long last) {
    this.last = last;
  }

  long get() {
    return last;
  }

  void advance(long offset) {
    List<Waiting> reached = new ArrayList<>();
    synchronized (waiting) {
      last = offset;
      for (Iterator<Waiting> it = waiting.iterator(); it.hasNext(); ) {
        Waiting each = it.next();
        if (each.offset < offset) {
          reached.add(each);
          it.remove();
        }
      }
    }
    reached.forEach(each -> each.reached.complete(offset));
  }

  CompletableFuture<Long> after(long offset) {
    synchronized (waiting) {
      if (last > offset) {
        return CompletableFuture.completedFuture(last);
      }
      if (closed) {
        return CompletableFuture.failedFuture(new IllegalStateException("the journal is closed"));
      }
      CompletableFuture<Long> reached = new CompletableFuture<>();
      waiting.add(new Waiting(offset, reached));
      return reached;
    }
  }

  void close() {
    List<Waiting> left;
    synchronized (waiting) {
      closed = true;
      left = List.copyOf(waiting);
      waiting.clear();
    }
    left.forEach(
        each ->
            each.reached.completeExceptionally(new IllegalStateException("the journal is closed")));
  }
}
