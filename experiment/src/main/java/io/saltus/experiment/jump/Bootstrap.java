package io.saltus.experiment.jump;

/**
 * How a p-value was simulated.
 *
 * @param replicates simulated series; 0 when there is no p-value
 * @param block innovations that were drawn together
 */
public record Bootstrap(int replicates, int block, long seed) {}
