package io.saltus.testkit;

import io.saltus.experiment.Device;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.DeviceProvider;
import io.saltus.experiment.GpuFacts;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * GPUs that are not there: whoever places, leases and starts for them cannot tell.
 *
 * @param memoryBytes of each, in their order
 */
public record SimulatedGpus(List<Long> memoryBytes) implements DeviceProvider {

  /** What they call themselves. */
  public static final String KIND = "Simulated GPU";

  /** Copies the list. */
  public SimulatedGpus {
    memoryBytes = List.copyOf(memoryBytes);
  }

  @Override
  public List<Device> devices() {
    return IntStream.range(0, memoryBytes.size())
        .mapToObj(
            index ->
                new Device(
                    new DeviceId("gpu", index),
                    KIND,
                    1,
                    memoryBytes.get(index),
                    Optional.of(new GpuFacts("GPU-simulated-" + index, "1.0"))))
        .toList();
  }
}
