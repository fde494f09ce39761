package io.saltus.app;

import io.saltus.experiment.Device;
import io.saltus.experiment.DeviceId;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * A home on a machine that seems to have many processors, for runs that compute next to nothing.
 */
public final class ManyDevices {

  private ManyDevices() {}

  /** Opens it. */
  public static Saltus open(Path home, Tools tools, int devices) {
    return Saltus.open(
        home,
        tools,
        IntStream.range(0, devices)
            .mapToObj(place -> new Device(new DeviceId("cpu", place), "cpu", 1, 0))
            .toList());
  }
}
