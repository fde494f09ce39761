package io.saltus.experiment;

/**
 * What tells a GPU from another.
 *
 * @param uuid by which CUDA finds it, whatever its number: {@code GPU-…}
 * @param driver its version, such as {@code 550.54.15}
 */
public record GpuFacts(String uuid, String driver) {}
