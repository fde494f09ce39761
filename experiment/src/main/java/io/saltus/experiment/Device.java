package io.saltus.experiment;

/**
 * A device that sessions can compute on: a GPU, or a slot of the processor.
 *
 * @param id such as {@code cpu:0}
 * @param kind {@code cpu}, or what the maker calls the GPU
 * @param threads how many it runs at once; 1 of a slot of the processor
 * @param memoryBytes that a session may use at most
 */
public record Device(DeviceId id, String kind, int threads, long memoryBytes) {}
