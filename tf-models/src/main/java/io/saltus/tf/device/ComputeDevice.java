package io.saltus.tf.device;

import com.sun.management.OperatingSystemMXBean;
import io.saltus.experiment.DeviceId;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * A device that sessions can compute on.
 *
 * @param id such as {@code cpu:0}
 * @param kind {@code cpu}
 * @param threads how many run at once
 * @param memoryBytes that this process may use at most, within its container
 */
public record ComputeDevice(DeviceId id, String kind, int threads, long memoryBytes) {

  private static final String CPU = "cpu";

  /** All devices, the processor first. */
  public static List<ComputeDevice> list() {
    return List.of(
        new ComputeDevice(
            new DeviceId(CPU, 0),
            CPU,
            Runtime.getRuntime().availableProcessors(),
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize()));
  }
}
