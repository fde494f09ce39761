package io.saltus.app.report;

import io.saltus.app.DeviceLeases;
import io.saltus.app.json.Json;
import io.saltus.experiment.Device;
import io.saltus.experiment.GpuFacts;
import java.util.Optional;

/** A device as one JSON object. */
public final class DeviceJson {

  private DeviceJson() {}

  /** The object on one line. */
  public static String line(Device device, Optional<DeviceLeases.Lease> lease) {
    return Json.line(json -> fill(json, device, lease));
  }

  /** The keys of the object. */
  public static void fill(Json json, Device device, Optional<DeviceLeases.Lease> lease) {
    json.put("device", device.id().toString())
        .put("kind", device.kind())
        .put("threads", device.threads())
        .put("memoryBytes", device.memoryBytes())
        .put("uuid", device.gpu().map(GpuFacts::uuid).orElse(null))
        .put("driver", device.gpu().map(GpuFacts::driver).orElse(null));
    lease.ifPresentOrElse(
        held ->
            json.object("lease", of -> of.put("run", held.run().value()).put("pid", held.pid())),
        () -> json.putNull("lease"));
  }
}
