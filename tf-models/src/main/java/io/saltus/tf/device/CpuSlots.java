package io.saltus.tf.device;

import com.sun.management.OperatingSystemMXBean;
import io.saltus.experiment.Device;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.DeviceProvider;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The processor: one slot for each core that this process may use, with one thread and its share of
 * the memory. A run of several threads takes as many slots. Cores and memory are those of the
 * container where there is one.
 */
final class CpuSlots implements DeviceProvider {

  private static final String CPU = "cpu";

  @Override
  public List<Device> devices() {
    int slots = Runtime.getRuntime().availableProcessors();
    long memory =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    return IntStream.range(0, slots)
        .mapToObj(slot -> new Device(new DeviceId(CPU, slot), CPU, 1, memory / slots))
        .toList();
  }
}
