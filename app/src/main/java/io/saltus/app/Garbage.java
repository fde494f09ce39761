package io.saltus.app;

import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Problem;
import io.saltus.app.problem.Refusal;
import io.saltus.persistence.checkpoint.CheckpointCollector;
import io.saltus.persistence.checkpoint.CheckpointReferences;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.checkpoint.Collected;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.index.RunIndexFile;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.runs.RunReader;
import io.saltus.persistence.series.SeriesIndexes;
import java.io.IOException;

/**
 * Checkpoint files of a home that no run refers to, what crashes left beside them, and indexes of
 * series of runs that are gone.
 */
final class Garbage {

  private final CheckpointStore checkpoints;
  private final RocksStore store;
  private final Home home;

  Garbage(CheckpointStore checkpoints, RocksStore store, Home home) {
    this.checkpoints = checkpoints;
    this.store = store;
    this.home = home;
  }

  /**
   * Deletes it.
   *
   * @throws Refusal when a file cannot be deleted; others may have been
   */
  Collected collect() {
    CheckpointCollector collector = new CheckpointCollector(checkpoints, this::references);
    try {
      try (JournalReader journal = store.reader()) {
        SeriesIndexes.of(home).keepOnly(new RunReader(journal)::exists);
      }
      return collector.execute(collector.plan());
    } catch (IOException e) {
      throw new Refusal(
          ExitCode.FAILED,
          new Problem(
              "a file cannot be deleted", String.valueOf(e.getMessage()), "Look at its owner."),
          e);
    }
  }

  private CheckpointReferences references() {
    try (JournalReader journal = store.reader()) {
      return CheckpointReferences.of(
          new RunReader(journal, RunIndexFile.at(home.runIndex())).list());
    }
  }
}
