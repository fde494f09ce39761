package io.saltus.experiment.provenance;

import io.saltus.experiment.Sha256;

/**
 * An input file by its content. Its path is not part of history: it says where a file lay, not what
 * was computed.
 *
 * @param name what the program calls it, such as {@code train-images}
 * @param bytes its size
 * @param sha256 of its content
 */
public record InputDigest(String name, long bytes, Sha256 sha256) {}
