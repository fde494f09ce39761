package io.saltus.persistence.runs;

import io.saltus.experiment.RunId;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksStore;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps the series digest of a run that has come to rest in a snapshot of its state, so that lists
 * of hundreds of runs need not read their frames.
 */
public final class KeptDigests {

  private KeptDigests() {}

  /**
   * Computes the digest of a run and keeps it until an event changes its series.
   *
   * @param store open for writing
   * @param run at rest: its trainer saves no snapshot of the same event afterwards
   * @param now the time of the snapshot
   * @return completed once it is on disk
   * @throws RunNotFoundException when there is no such run
   */
  public static CompletableFuture<Void> keep(RocksStore store, RunId run, Instant now) {
    try (JournalReader journal = store.reader()) {
      RunReader reader = new RunReader(journal);
      RunState state = reader.state(run);
      if (state.seriesDigest().isPresent()) {
        return CompletableFuture.completedFuture(null);
      }
      return StateSnapshots.save(
          store, run, state.withSeriesDigest(reader.computeDigest(run)), now);
    }
  }
}
