package io.saltus.persistence.checkpoint;

import java.util.Optional;

/**
 * What a collection did.
 *
 * @param files how many were deleted
 * @param bytes how many became free
 * @param obstacle why nothing was deleted
 */
public record Collected(int files, long bytes, Optional<String> obstacle) {}
