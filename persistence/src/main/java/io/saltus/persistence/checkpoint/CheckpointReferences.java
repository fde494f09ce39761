package io.saltus.persistence.checkpoint;

import io.saltus.experiment.Sha256;
import io.saltus.persistence.projection.CheckpointState;
import io.saltus.persistence.runs.RunList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the runs of a home refer to. A fork refers to what it begins with in its own stream, so
 * digests say all.
 *
 * @param checkpoints of runs that are not deleted
 * @param unreadable what is wrong with runs whose references are not known
 */
public record CheckpointReferences(Set<Sha256> checkpoints, List<String> unreadable) {

  /** Copies both. */
  public CheckpointReferences {
    checkpoints = Set.copyOf(checkpoints);
    unreadable = List.copyOf(unreadable);
  }

  /** Those of a list of all runs. */
  public static CheckpointReferences of(RunList runs) {
    return new CheckpointReferences(
        runs.runs().stream()
            .flatMap(run -> run.state().checkpoints().stream())
            .map(CheckpointState::sha256)
            .collect(Collectors.toSet()),
        runs.unreadable().stream().map(failure -> String.valueOf(failure.getMessage())).toList());
  }
}
