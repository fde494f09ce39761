package io.saltus.persistence.checkpoint;

import io.saltus.experiment.Sha256;

/**
 * A checkpoint's file.
 *
 * @param sha256 of its bytes, which is also its name
 * @param bytes its size
 */
public record StoredCheckpoint(Sha256 sha256, long bytes) {}
