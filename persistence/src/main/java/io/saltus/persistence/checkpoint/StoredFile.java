package io.saltus.persistence.checkpoint;

/**
 * A file beside the checkpoints.
 *
 * @param name within the directory of the checkpoints
 * @param bytes its size; 0 for what is not a file
 */
public record StoredFile(String name, long bytes) {}
