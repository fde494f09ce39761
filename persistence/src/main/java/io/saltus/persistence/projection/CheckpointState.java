package io.saltus.persistence.projection;

import io.saltus.experiment.Sha256;

/**
 * A checkpoint that has not been dropped.
 *
 * @param attempt that saved it
 * @param step whose state it holds
 * @param bytes the size of its file
 * @param valid whether it has not been found bad or missing
 */
public record CheckpointState(int attempt, long step, long bytes, Sha256 sha256, boolean valid) {

  boolean is(long otherStep, Sha256 otherDigest) {
    return step == otherStep && sha256.equals(otherDigest);
  }

  CheckpointState rejected() {
    return new CheckpointState(attempt, step, bytes, sha256, false);
  }
}
