package io.saltus.app.report;

import io.saltus.app.DeviceUse;
import io.saltus.app.json.Json;
import io.saltus.experiment.Device;
import io.saltus.experiment.GpuFacts;

/** A device as one JSON object. */
public final class DeviceJson {

  private DeviceJson() {}

  /** The object on one line. */
  public static String line(Device device, DeviceUse use) {
    return Json.line(json -> fill(json, device, use));
  }

  /** The keys of the object. */
  public static void fill(Json json, Device device, DeviceUse use) {
    json.put("device", device.id().toString())
        .put("kind", device.kind())
        .put("threads", device.threads())
        .put("memoryBytes", device.memoryBytes())
        .put("uuid", device.gpu().map(GpuFacts::uuid).orElse(null))
        .put("driver", device.gpu().map(GpuFacts::driver).orElse(null));
    use.lease(device.id())
        .ifPresentOrElse(
            held ->
                json.object(
                    "lease", of -> of.put("run", held.run().value()).put("pid", held.pid())),
            () -> json.putNull("lease"));
    use.drained(device.id())
        .ifPresentOrElse(
            drained ->
                json.object(
                    "drained",
                    of ->
                        of.put("since", drained.since().toString())
                            .put("reason", drained.reason())),
            () -> json.putNull("drained"));
  }
}
