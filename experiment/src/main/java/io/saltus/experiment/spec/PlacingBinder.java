package io.saltus.experiment.spec;

import com.typesafe.config.ConfigValueType;
import io.saltus.experiment.DeviceId;
import java.util.Optional;

/** Reads {@code device}, {@code priority} and {@code resources}. */
final class PlacingBinder {

  private PlacingBinder() {}

  /** {@code auto}, or the name of a device; whether there is such a one is seen where it runs. */
  static String device(Section root) {
    Optional<Found> found = root.find("device");
    String device = found.flatMap(Found::text).orElse("");
    if (found.isEmpty() || device.equals(SpecDefaults.DEVICE)) {
      return SpecDefaults.DEVICE;
    }
    if (parse(device).isEmpty()) {
      root.wrongKind("device", found.get(), "auto, cpu:N or gpu:N, such as cpu:0");
      return SpecDefaults.DEVICE;
    }
    return device;
  }

  /**
   * @param device as it was read
   */
  static Placing placing(Section root, String device) {
    int priority =
        (int)
            root.whole(
                "priority",
                -Placing.MOST_PRIORITY,
                Placing.MOST_PRIORITY,
                Placing.DEFAULT.priority());
    Section section = root.section("resources");
    DeviceKind kind = kind(section, parse(device));
    Optional<Integer> count =
        unlessNull(section, "count")
            .map(found -> (int) section.whole("count", found, 1, Placing.MOST_DEVICES, 1));
    if (count.filter(devices -> devices > 1).isPresent() && parse(device).isPresent()) {
      section
          .find("count")
          .ifPresent(
              found ->
                  section.problem(
                      "count", found, "device = " + device + " is one device; name none or one"));
    }
    Optional<Long> memory = unlessNull(section, "memory").flatMap(found -> memory(section, found));
    section.close();
    return new Placing(priority, kind, count, memory);
  }

  private static DeviceKind kind(Section section, Optional<DeviceId> named) {
    DeviceKind fallback =
        named
            .map(device -> device.kind().equals("gpu") ? DeviceKind.GPU : DeviceKind.CPU)
            .orElse(Placing.DEFAULT.kind());
    DeviceKind kind = SpecBinder.constant(section, "kind", fallback);
    if (named.isPresent() && kind != fallback) {
      section
          .find("kind")
          .ifPresent(
              found -> section.problem("kind", found, "device = " + named.get() + " is none"));
    }
    return kind;
  }

  private static Optional<Long> memory(Section section, Found found) {
    Optional<Long> bytes = found.text().flatMap(MemorySize::parse);
    if (bytes.isEmpty()) {
      section.wrongKind("memory", found, MemorySize.expected());
    }
    return bytes;
  }

  private static Optional<Found> unlessNull(Section section, String key) {
    return section.find(key).filter(found -> !found.is(ConfigValueType.NULL));
  }

  private static Optional<DeviceId> parse(String device) {
    try {
      return Optional.of(DeviceId.parse(device));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }
}
