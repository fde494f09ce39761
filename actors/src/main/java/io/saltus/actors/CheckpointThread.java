package io.saltus.actors;

import io.saltus.experiment.Sha256;
import io.saltus.experiment.session.TensorValue;
import io.saltus.persistence.checkpoint.CheckpointCollector;
import io.saltus.persistence.checkpoint.CheckpointReferences;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.checkpoint.StoredCheckpoint;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes and removes checkpoint files, one after the other, on one thread. A trainer has one file
 * under way at a time, which bounds the queue by the number of runs at work. Files that runs let go
 * of are removed some seconds later, many at once, since it must be looked up whether another run
 * refers to them.
 */
final class CheckpointThread implements Checkpoints, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointThread.class);
  private static final int QUEUE = 10_000;
  private static final long PATIENCE_SECONDS = 10;
  private static final long COLLECT_EVERY_NANOS = 10_000_000_000L;

  private final CheckpointStore store;
  private final CheckpointCollector collector;
  private final LongSupplier nanoTime;
  private final ExecutorService thread;
  private final Set<Sha256> released = new HashSet<>();
  private long collectedAt;

  /**
   * @param journalled reads which files the runs refer to now
   */
  CheckpointThread(
      CheckpointStore store, Supplier<CheckpointReferences> journalled, LongSupplier nanoTime) {
    this.store = store;
    this.collector = new CheckpointCollector(store, journalled);
    this.nanoTime = nanoTime;
    this.collectedAt = nanoTime.getAsLong();
    this.thread =
        new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUE), daemons());
  }

  private static ThreadFactory daemons() {
    return task -> {
      Thread thread = new Thread(task, "saltus-checkpoints");
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public CompletionStage<StoredCheckpoint> save(List<TensorValue> state) {
    CompletableFuture<StoredCheckpoint> saved = new CompletableFuture<>();
    try {
      thread.execute(
          () -> {
            try {
              saved.complete(store.save(state));
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
              saved.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException e) {
      saved.completeExceptionally(e);
    }
    return saved;
  }

  @Override
  public void release(Sha256 digest) {
    try {
      thread.execute(() -> remove(digest));
    } catch (RejectedExecutionException closing) {
      LOG.debug("a checkpoint that nothing refers to stays until the next collection", closing);
    }
  }

  private void remove(Sha256 digest) {
    released.add(digest);
    if (nanoTime.getAsLong() - collectedAt >= COLLECT_EVERY_NANOS) {
      collect();
    }
  }

  private void collect() {
    collectedAt = nanoTime.getAsLong();
    try {
      if (!released.isEmpty()) {
        collector.collect(released);
      }
    } catch (IOException | RuntimeException e) {
      // What stays is found by a collection that somebody asks for; no run needs it any more.
      LOG.warn("checkpoints that no run refers to could not be removed: {}", e.toString());
    }
    released.clear();
  }

  @Override
  public CheckpointStore store() {
    return store;
  }

  /** Finishes what is under way. */
  @Override
  public void close() {
    thread.execute(this::collect);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
