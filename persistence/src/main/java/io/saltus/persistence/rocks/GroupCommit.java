package io.saltus.persistence.rocks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * One thread that drains a bounded queue into batches, each written with one synchronisation of the
 * disk. While the disk works the next group gathers, so groups grow with the load and a lone writer
 * never waits for company. Nothing is acknowledged before it is on disk; a failed write is final.
 */
final class GroupCommit implements AutoCloseable {

  /** Where batches go. */
  @FunctionalInterface
  interface Sink {
    void write(WriteBatch batch, boolean sync) throws RocksDBException;
  }

  private static final int KEY_BYTES = 64;
  private static final long GLANCE_NANOS = 20_000;

  private final Ledger ledger;
  private final Sink sink;
  private final LongConsumer durable;
  private final Function<Exception, StoreFailedException> naming;
  private final int groupBytes;
  private final int queuedBytes;
  private final BlockingQueue<Write> queue;
  private final Semaphore room;
  private final Thread thread;
  private int lastGroup;
  private long lastCommitNanos;
  private volatile boolean closing;
  private volatile boolean over;
  private volatile @Nullable StoreFailedException failure;

  /**
   * Prepares the thread.
   *
   * @param durable told the last durable offset after each group, before its acknowledgements
   * @param naming says in the user's words what a failed write means
   */
  GroupCommit(
      Ledger ledger,
      Sink sink,
      LongConsumer durable,
      Function<Exception, StoreFailedException> naming,
      StoreOptions options) {
    this.ledger = ledger;
    this.sink = sink;
    this.durable = durable;
    this.naming = naming;
    groupBytes = options.groupBytes();
    queuedBytes = options.queuedBytes();
    queue = new ArrayBlockingQueue<>(options.queuedWrites());
    // Fair, so that a large write is not overtaken for ever by small ones.
    room = new Semaphore(queuedBytes, true);
    thread = new Thread(this::run, "saltus-journal-writer");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  @Nullable StoreFailedException failure() {
    return failure;
  }

  /** Queues a write, waiting while the queue is full. */
  void submit(Write write) {
    try {
      refuseWhenOver();
      room.acquire(permits(write));
      queue.put(write);
      if (over) {
        // The thread may have emptied the queue for the last time before the write got into it.
        refuseQueued();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      write
          .done()
          .completeExceptionally(new IllegalStateException("interrupted while queueing", e));
    } catch (IllegalStateException | StoreFailedException e) {
      write.done().completeExceptionally(e);
    }
  }

  private void refuseWhenOver() {
    StoreFailedException failed = failure;
    if (failed != null) {
      throw failed;
    }
    if (closing) {
      throw new IllegalStateException("the journal is closed");
    }
  }

  private int permits(Write write) {
    return Math.min(write.bytes(), queuedBytes);
  }

  private void run() {
    List<Write> group = new ArrayList<>();
    try {
      while (!(closing && queue.isEmpty())) {
        Write first = queue.take();
        awaitCompany();
        gather(first, group);
        commit(group);
        group.clear();
      }
    } catch (InterruptedException e) {
      fail(e, group);
    } catch (RuntimeException | RocksDBException e) {
      fail(e, group);
    }
    over = true;
    refuseQueued();
  }

  /**
   * Gives those whose last writes were acknowledged together the time to write together again, at
   * most half of what a synchronisation takes. Without it the first of them is written alone while
   * the others queue behind it.
   */
  private void awaitCompany() {
    long deadline = System.nanoTime() + lastCommitNanos / 2;
    while (queue.size() + 1 < lastGroup && !closing && System.nanoTime() < deadline) {
      LockSupport.parkNanos(GLANCE_NANOS);
    }
  }

  private void gather(Write first, List<Write> group) {
    int bytes = first.bytes();
    group.add(first);
    while (bytes < groupBytes) {
      Write next = queue.poll();
      if (next == null) {
        return;
      }
      group.add(next);
      bytes += next.bytes();
    }
  }

  private void commit(List<Write> group) throws RocksDBException {
    long start = System.nanoTime();
    List<@Nullable IllegalStateException> refusals = new ArrayList<>(group.size());
    try (WriteBatch batch = new WriteBatch(room(group))) {
      for (Write write : group) {
        try {
          plan(write, batch);
          refusals.add(null);
        } catch (IllegalStateException refused) {
          refusals.add(refused);
        }
      }
      if (batch.count() > 0) {
        sink.write(batch, true);
      }
    }
    try (WriteBatch mark = new WriteBatch()) {
      ledger.mark(mark);
      if (mark.count() > 0) {
        sink.write(mark, false);
      }
    }
    ledger.written();
    lastGroup = group.size();
    lastCommitNanos = System.nanoTime() - start;
    durable.accept(ledger.lastOffset());
    for (int i = 0; i < group.size(); i++) {
      acknowledge(group.get(i), refusals.get(i));
    }
  }

  /** Refusals wait their turn too: what a stream's last write waits for is all before it. */
  private void acknowledge(Write write, @Nullable IllegalStateException refusal) {
    release(write);
    if (refusal == null) {
      write.done().complete(null);
    } else {
      write.done().completeExceptionally(refusal);
    }
  }

  /** Room for the records and the keys beside them, so that the batch need not grow. */
  private static int room(List<Write> group) {
    int bytes = 0;
    for (Write write : group) {
      bytes += write.bytes() + KEY_BYTES;
    }
    return bytes;
  }

  private void plan(Write write, WriteBatch batch) throws RocksDBException {
    if (write instanceof Write.Append append) {
      ledger.append(append, batch);
    } else if (write instanceof Write.AppendNext append) {
      ledger.append(append, batch);
    } else if (write instanceof Write.SaveSnapshot save) {
      ledger.save(save, batch);
    } else if (write instanceof Write.DropSnapshots drop) {
      ledger.drop(drop, batch);
    } else if (write instanceof Write.Empty empty) {
      empty(empty, batch);
    }
  }

  /**
   * Long deletions go to disk in parts; what comes before them in the group goes with the first.
   */
  private void empty(Write.Empty empty, WriteBatch batch) throws RocksDBException {
    long from = ledger.empty(empty, empty.fromSequence(), batch);
    while (from != 0) {
      sink.write(batch, true);
      batch.clear();
      from = ledger.empty(empty, from, batch);
    }
  }

  private void fail(Exception e, List<Write> group) {
    StoreFailedException failed = naming.apply(e);
    failure = failed;
    for (Write write : group) {
      release(write);
      write.done().completeExceptionally(failed);
    }
  }

  private void release(Write write) {
    room.release(permits(write));
  }

  private void refuseQueued() {
    RuntimeException why =
        failure == null ? new IllegalStateException("the journal is closed") : failure;
    for (Write left = queue.poll(); left != null; left = queue.poll()) {
      release(left);
      left.done().completeExceptionally(why);
    }
  }

  /** Writes what is queued and ends the thread. */
  @Override
  public void close() {
    closing = true;
    // Wakes the thread; when the queue is full, it is awake.
    Write wake = new Write.Nothing(new CompletableFuture<>());
    if (!over && !queue.offer(wake)) {
      wake.done().complete(null);
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    refuseQueued();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
