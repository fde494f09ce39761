package io.saltus.actors;

import io.saltus.experiment.RunId;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.session.TensorValue;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.checkpoint.StoredCheckpoint;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes and removes checkpoint files, one after the other, on one thread: so no file is removed
 * while a run is about to refer to it. A trainer has one file under way at a time, which bounds the
 * queue by the number of runs at work.
 */
final class CheckpointThread implements Checkpoints, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointThread.class);
  private static final int QUEUE = 10_000;
  private static final long PATIENCE_SECONDS = 10;

  private final CheckpointStore store;
  private final Supplier<CheckpointReferences> journalled;
  private final ExecutorService thread;
  private CheckpointReferences references = CheckpointReferences.unknown();

  /**
   * @param journalled reads which runs refer to which files; asked when a file is to be removed for
   *     the first time
   */
  CheckpointThread(CheckpointStore store, Supplier<CheckpointReferences> journalled) {
    this.store = store;
    this.journalled = journalled;
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
  public CompletionStage<StoredCheckpoint> save(RunId run, List<TensorValue> state) {
    CompletableFuture<StoredCheckpoint> saved = new CompletableFuture<>();
    try {
      thread.execute(
          () -> {
            try {
              StoredCheckpoint stored = store.save(state);
              references.add(stored.sha256(), run);
              saved.complete(stored);
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
  public void release(RunId run, Sha256 digest) {
    try {
      thread.execute(() -> remove(run, digest));
    } catch (RejectedExecutionException closing) {
      LOG.debug("a checkpoint that nothing refers to stays until the next collection", closing);
    }
  }

  private void remove(RunId run, Sha256 digest) {
    try {
      if (!references.known()) {
        references = journalled.get().and(references);
      }
      references.remove(digest, run);
      if (references.isFree(digest)) {
        store.delete(digest);
      }
    } catch (IOException | RuntimeException e) {
      // What stays is found by a collection later; the run does not need it any more.
      LOG.warn("checkpoint {} could not be removed: {}", digest.hex(), e.toString());
    }
  }

  @Override
  public CheckpointStore store() {
    return store;
  }

  /** Finishes what is under way. */
  @Override
  public void close() {
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
