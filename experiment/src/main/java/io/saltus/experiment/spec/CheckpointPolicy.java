package io.saltus.experiment.spec;

/**
 * When checkpoints are taken and which are kept.
 *
 * @param every {@code auto}, {@code N steps} or {@code N minutes}, checked
 * @param keepLast how many of the latest are kept, at least 1
 */
public record CheckpointPolicy(String every, int keepLast) {}
