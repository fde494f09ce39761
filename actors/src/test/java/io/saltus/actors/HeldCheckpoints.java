package io.saltus.actors;

import io.saltus.experiment.Sha256;
import io.saltus.experiment.session.TensorValue;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.checkpoint.StoredCheckpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Checkpoints whose files are written at once, and of which nobody is told before {@link #tell}.
 */
final class HeldCheckpoints implements Checkpoints {

  private final CheckpointStore store;
  private final CompletableFuture<Void> told = new CompletableFuture<>();
  private final List<Sha256> released = new ArrayList<>();

  HeldCheckpoints(Path directory) {
    this.store = CheckpointStore.at(directory);
  }

  void tell() {
    told.complete(null);
  }

  synchronized List<Sha256> released() {
    return List.copyOf(released);
  }

  @Override
  public CompletionStage<StoredCheckpoint> save(List<TensorValue> state) {
    try {
      StoredCheckpoint saved = store.save(state);
      return told.thenApply(done -> saved);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public synchronized void release(Sha256 digest) {
    released.add(digest);
  }

  @Override
  public CheckpointStore store() {
    return store;
  }
}
