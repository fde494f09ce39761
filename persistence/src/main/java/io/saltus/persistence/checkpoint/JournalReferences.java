package io.saltus.persistence.checkpoint;

import io.saltus.experiment.RunId;
import io.saltus.experiment.Sha256;
import io.saltus.persistence.projection.CheckpointState;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.runs.RunChanges;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the runs of a journal refer to, asked again and again by the process that writes it: all
 * runs are read the first time, and from then on those that have changed. Safe for use by many
 * threads.
 */
public final class JournalReferences implements Supplier<CheckpointReferences> {

  private final Supplier<JournalReader> journal;
  private final Map<RunId, List<Sha256>> checkpoints = new HashMap<>();
  private final Map<RunId, String> unreadable = new HashMap<>();
  private long offset;

  /**
   * @param journal opens a view of what is durable now; each is closed here
   */
  public JournalReferences(Supplier<JournalReader> journal) {
    this.journal = journal;
  }

  @Override
  public synchronized CheckpointReferences get() {
    try (JournalReader now = journal.get()) {
      offset = RunChanges.read(now, offset, this::take, this::takeUnreadable);
    }
    Set<Sha256> all = new HashSet<>();
    checkpoints.values().forEach(all::addAll);
    return new CheckpointReferences(all, List.copyOf(unreadable.values()));
  }

  private void take(RunId run, RunState state) {
    unreadable.remove(run);
    List<Sha256> digests =
        state.deleted()
            ? List.of()
            : state.checkpoints().stream().map(CheckpointState::sha256).toList();
    if (digests.isEmpty()) {
      checkpoints.remove(run);
    } else {
      checkpoints.put(run, digests);
    }
  }

  private void takeUnreadable(RunId run, RuntimeException failure) {
    unreadable.put(run, String.valueOf(failure.getMessage()));
  }
}
