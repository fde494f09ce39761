package io.saltus.actors;

import io.saltus.experiment.RunId;
import io.saltus.experiment.Sha256;
import io.saltus.persistence.projection.CheckpointState;
import io.saltus.persistence.runs.RunEntry;
import io.saltus.persistence.runs.RunList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which runs refer to which checkpoint files: equal states of several runs are one file. Used by
 * one thread.
 */
final class CheckpointReferences {

  private final Map<Sha256, Set<RunId>> holders = new HashMap<>();
  private final boolean known;
  private final boolean complete;

  private CheckpointReferences(boolean known, boolean complete) {
    this.known = known;
    this.complete = complete;
  }

  /** Before the journal was read. */
  static CheckpointReferences unknown() {
    return new CheckpointReferences(false, false);
  }

  /** As the journal has them; where a run cannot be read, no file counts as free. */
  static CheckpointReferences of(RunList runs) {
    CheckpointReferences references =
        new CheckpointReferences(true, runs.unreadable().isEmpty());
    for (RunEntry entry : runs.runs()) {
      for (CheckpointState checkpoint : entry.state().checkpoints()) {
        references.add(checkpoint.sha256(), entry.run());
      }
    }
    return references;
  }

  /** Whether the journal was read. */
  boolean known() {
    return known;
  }

  CheckpointReferences and(CheckpointReferences others) {
    others.holders.forEach((digest, runs) -> runs.forEach(run -> add(digest, run)));
    return this;
  }

  void add(Sha256 digest, RunId run) {
    holders.computeIfAbsent(digest, unseen -> new HashSet<>()).add(run);
  }

  void remove(Sha256 digest, RunId run) {
    Set<RunId> runs = holders.get(digest);
    if (runs != null) {
      runs.remove(run);
      if (runs.isEmpty()) {
        holders.remove(digest);
      }
    }
  }

  /** Whether no run refers to a file. */
  boolean isFree(Sha256 digest) {
    return complete && !holders.containsKey(digest);
  }
}
