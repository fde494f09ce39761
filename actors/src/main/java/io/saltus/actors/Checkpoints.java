package io.saltus.actors;

import io.saltus.experiment.Sha256;
import io.saltus.experiment.session.TensorValue;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.checkpoint.StoredCheckpoint;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The checkpoint files of a home, for trainers, which never wait for a disk. */
interface Checkpoints {

  /**
   * Writes a state.
   *
   * @return completes when the file is durable; exceptionally when it could not be written
   */
  CompletionStage<StoredCheckpoint> save(List<TensorValue> state);

  /** A run does not refer to a file any more: it goes, some time, when no other run does. */
  void release(Sha256 digest);

  /** The files, for the thread of a session. */
  CheckpointStore store();
}
