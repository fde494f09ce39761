package io.saltus.experiment.spec;

import io.saltus.experiment.Device;
import io.saltus.experiment.DeviceId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The devices that a spec needs of a machine.
 *
 * @param named the one that it names; empty: any of the kind
 * @param kind of all of them
 * @param count how many at once
 * @param memoryBytes that it asks for: of slots of the processor, which share the memory of the
 *     machine, together; of GPUs, each. Empty: it asks for none
 */
public record DeviceNeed(
    Optional<DeviceId> named, DeviceKind kind, int count, Optional<Long> memoryBytes) {

  /**
   * What a machine lacks.
   *
   * @param key of the spec that asks for it
   * @param what there is not
   */
  public record Lack(String key, String what) {}

  /**
   * What a spec needs here. A run that does not say how many slots it wants makes do with fewer
   * than it has threads.
   *
   * @param devices of the machine
   */
  public static DeviceNeed of(ExperimentSpec spec, List<Device> devices) {
    Placing placing = spec.placing();
    Optional<DeviceId> named =
        spec.device().equals(SpecDefaults.DEVICE)
            ? Optional.empty()
            : Optional.of(DeviceId.parse(spec.device()));
    int usual =
        placing.kind() == DeviceKind.CPU
            ? Math.max(1, Math.min(of(placing.kind(), devices).size(), spec.numerics().threads()))
            : 1;
    return new DeviceNeed(
        named,
        placing.kind(),
        named.isPresent() ? 1 : placing.count().orElse(usual),
        placing.memoryBytes());
  }

  /** What a machine with these devices can never give, whoever holds them; empty where it can. */
  public Optional<Lack> lack(List<Device> devices) {
    List<Device> fitting =
        of(kind, devices).stream()
            .filter(device -> named.isEmpty() || named.get().equals(device.id()))
            .toList();
    if (named.isPresent() && fitting.isEmpty()) {
      return Optional.of(new Lack("device", "there is no device " + named.get()));
    } else if (fitting.isEmpty()) {
      return Optional.of(new Lack("resources.kind", "there is no " + kind.text()));
    } else if (fitting.size() < count) {
      return Optional.of(
          new Lack(
              "resources.count",
              "there are no %d devices of kind %s, but %d"
                  .formatted(count, kind.text(), fitting.size())));
    }
    return memoryBytes.flatMap(bytes -> lack(bytes, fitting, devices));
  }

  /** The GPUs that have too little memory; slots of the processor share theirs. */
  public Set<DeviceId> tooSmall(List<Device> devices) {
    return kind == DeviceKind.CPU || memoryBytes.isEmpty()
        ? Set.of()
        : of(kind, devices).stream()
            .filter(device -> device.memoryBytes() < memoryBytes.get())
            .map(Device::id)
            .collect(Collectors.toUnmodifiableSet());
  }

  private Optional<Lack> lack(long bytes, List<Device> fitting, List<Device> devices) {
    if (kind == DeviceKind.CPU) {
      long all = of(kind, devices).stream().mapToLong(Device::memoryBytes).sum();
      return bytes <= all
          ? Optional.empty()
          : Optional.of(tooLittle(bytes, "this machine has", all));
    }
    long enough = fitting.stream().filter(device -> device.memoryBytes() >= bytes).count();
    long most = fitting.stream().mapToLong(Device::memoryBytes).max().orElse(0);
    return enough >= count
        ? Optional.empty()
        : Optional.of(
            tooLittle(
                bytes,
                enough == 0
                    ? "the largest has"
                    : "so much has " + enough + " only; the largest has",
                most));
  }

  private Lack tooLittle(long bytes, String has, long most) {
    return new Lack(
        "resources.memory",
        "there is no %s with %s of memory: %s %s"
            .formatted(kind.text(), MemorySize.text(bytes), has, MemorySize.rounded(most)));
  }

  /** The names of devices, for those who ask for others. */
  public static String known(List<Device> devices) {
    return devices.stream().map(device -> device.id().toString()).collect(Collectors.joining(", "));
  }

  private static List<Device> of(DeviceKind kind, List<Device> devices) {
    return devices.stream().filter(device -> device.id().kind().equals(kind.text())).toList();
  }
}
