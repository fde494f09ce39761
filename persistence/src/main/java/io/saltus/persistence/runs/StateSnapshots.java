package io.saltus.persistence.runs;

import io.saltus.experiment.RunId;
import io.saltus.persistence.codec.RunStateCodec;
import io.saltus.persistence.codec.RunStateSerializer;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.read.Bytes;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.SerializedValue;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.SnapshotRange;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps states of runs that have no trainer, so that who reads a run of many events need not fold
 * all of them. A snapshot is never the only copy of anything.
 */
public final class StateSnapshots {

  private StateSnapshots() {}

  /**
   * Keeps the state of a run as it is now, in place of the one before.
   *
   * @param store open for writing
   * @param run at whose stream nobody else is at work
   * @param now the time of the snapshot
   * @return completed once it is on disk
   * @throws RunNotFoundException when there is no such run
   */
  public static CompletableFuture<Void> keep(RocksStore store, RunId run, Instant now) {
    RunState state;
    try (JournalReader journal = store.reader()) {
      state = new RunReader(journal).state(run);
    }
    CompletableFuture<Void> saved = save(store, run, state, now);
    SnapshotRange older =
        new SnapshotRange(0, state.lastSequence() - 1, Long.MIN_VALUE, Long.MAX_VALUE);
    // Writes keep their order, so the new one is there before the old one goes.
    return CompletableFuture.allOf(saved, store.deleteSnapshots(RunEventSource.stream(run), older));
  }

  static CompletableFuture<Void> save(RocksStore store, RunId run, RunState state, Instant now) {
    byte[] bytes = RunStateCodec.encode(state);
    return store.saveSnapshot(
        RunEventSource.stream(run),
        state.lastSequence(),
        now,
        new SerializedValue(RunStateSerializer.ID, RunStateCodec.MANIFEST, Bytes.wrap(bytes)),
        null);
  }
}
