package io.saltus.experiment;

import java.util.Optional;

/**
 * A device that sessions can compute on: a GPU, or a slot of the processor.
 *
 * @param id such as {@code cpu:0}
 * @param kind {@code cpu}, or what the maker calls the GPU
 * @param threads how many it runs at once; 1 of a slot of the processor
 * @param memoryBytes that a session may use at most
 * @param gpu of a GPU
 */
public record Device(
    DeviceId id, String kind, int threads, long memoryBytes, Optional<GpuFacts> gpu) {

  /** One of which nothing else is known: a slot of the processor, or a simulated device. */
  public Device(DeviceId id, String kind, int threads, long memoryBytes) {
    this(id, kind, threads, memoryBytes, Optional.empty());
  }
}
