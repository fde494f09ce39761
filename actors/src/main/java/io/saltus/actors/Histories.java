package io.saltus.actors;

import io.saltus.actors.reexecution.JournalHistory;
import io.saltus.actors.reexecution.RecordedHistory;
import io.saltus.experiment.RunId;
import io.saltus.persistence.rocks.RocksStore;
import org.apache.pekko.persistence.typed.PersistenceId;

/** Opens what the journal holds of a run, for the thread of a session. */
@FunctionalInterface
interface Histories {

  /** The history of a run; closed by who opened it. */
  RecordedHistory open(RunId run);

  /** The stream of a run. */
  static PersistenceId stream(RunId run) {
    return PersistenceId.ofUniqueId("run|" + run);
  }

  /** Those of the journal that this process writes. */
  static Histories of(RocksStore store) {
    return run -> new JournalHistory(store.reader(), run);
  }
}
