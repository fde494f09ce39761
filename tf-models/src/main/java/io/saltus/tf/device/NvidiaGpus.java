package io.saltus.tf.device;

import io.saltus.experiment.Device;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.DeviceProvider;
import io.saltus.experiment.GpuFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The GPUs that {@code nvidia-smi} lists, which touches none of them, less those that {@code
 * CUDA_VISIBLE_DEVICES} hides from this process. Whether TensorFlow sees as many is asked in a
 * process of its own.
 */
final class NvidiaGpus implements DeviceProvider {

  static final List<String> QUERY =
      List.of(
          "nvidia-smi",
          "--query-gpu=index,uuid,name,memory.total,driver_version",
          "--format=csv,noheader,nounits");

  private static final int FIELDS = 5;
  private static final int MOST_DIGITS = 9;

  private final CommandOutput command;
  private final Optional<String> visible;

  /**
   * @param command runs programs
   * @param visible what {@code CUDA_VISIBLE_DEVICES} says to this process; empty: nothing
   */
  NvidiaGpus(CommandOutput command, Optional<String> visible) {
    this.command = command;
    this.visible = visible;
  }

  @Override
  public List<Device> devices() {
    List<Device> devices = new ArrayList<>();
    for (String line : command.lines(QUERY)) {
      read(line).ifPresent(devices::add);
    }
    return devices.stream().filter(this::isVisible).toList();
  }

  /** {@code 0, GPU-5f…, NVIDIA H100 80GB HBM3, 81559, 550.54.15}; the memory in MiB. */
  private static Optional<Device> read(String line) {
    String[] fields = line.strip().split("\\s*,\\s*", -1);
    if (fields.length != FIELDS
        || !isNumber(fields[0])
        || !isNumber(fields[3])
        || !fields[1].startsWith("GPU-")) {
      return Optional.empty();
    }
    return Optional.of(
        new Device(
            new DeviceId("gpu", Integer.parseInt(fields[0])),
            fields[2],
            1,
            Long.parseLong(fields[3]) << 20,
            Optional.of(new GpuFacts(fields[1], fields[4]))));
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= MOST_DIGITS
        && text.chars().allMatch(Character::isDigit);
  }

  private boolean isVisible(Device device) {
    if (visible.isEmpty()) {
      return true;
    }
    String uuid = device.gpu().map(GpuFacts::uuid).orElse("");
    for (String each : visible.get().split(",", -1)) {
      String named = each.strip();
      boolean byIndex = named.equals(Integer.toString(device.id().index()));
      boolean byUuid = named.startsWith("GPU-") && uuid.startsWith(named);
      if (byIndex || byUuid) {
        return true;
      }
    }
    return false;
  }
}
