package io.saltus.app.server.api;

import io.saltus.app.DeviceUse;
import io.saltus.app.json.Json;
import io.saltus.app.report.DeviceJson;
import io.saltus.app.server.http.Answer;
import io.saltus.app.server.live.LiveDevices;
import io.saltus.app.server.live.LiveRun;
import io.saltus.experiment.Device;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.persistence.projection.SupervisorState;
import io.saltus.persistence.projection.SupervisorState.Standing;
import io.saltus.tf.device.Devices;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Devices: who has them, who had them, who waits for them. */
final class DeviceRoutes {

  private static final int USUAL_LEASES = 500;

  private final HomeReads reads;
  private final List<Device> devices = Devices.list();

  DeviceRoutes(HomeReads reads) {
    this.reads = reads;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/devices", "Devices, and who waits for them", call -> Answer.json(line()))
            .giving("DeviceList"),
        Route.get(
                "/api/v1/devices/leases",
                "Who had which device, and when",
                this::leases,
                Param.whole(
                    "limit",
                    1,
                    LiveDevices.MOST_LEASES,
                    "the last so many; 500 where nothing is said"))
            .giving("LeaseList"));
  }

  /** The devices and the queue on one line. */
  String line() {
    LiveDevices.Now now = reads.feed().devices().now();
    DeviceUse use =
        new DeviceUse(
            DeviceUse.leases(reads.home(), ProcessHandle.current().pid(), now.state()),
            now.drained());
    return Json.line(
        json -> {
          json.array(
              "devices",
              all -> devices.forEach(device -> all.add(one -> DeviceJson.fill(one, device, use))));
          json.array("queue", all -> queue(all, now.state()));
        });
  }

  private void queue(Json all, SupervisorState state) {
    long position = 0;
    for (Map.Entry<RunId, Standing> each : state.unsettled().entrySet()) {
      if (each.getValue() == Standing.QUEUED) {
        position++;
        long place = position;
        Optional<ExperimentSpec> spec =
            reads.feed().runs().find(each.getKey()).map(DeviceRoutes::spec);
        all.add(
            json ->
                json.put("run", each.getKey().value())
                    .put("position", place)
                    .put("wish", spec.map(DeviceRoutes::wish).orElse(null))
                    .put("priority", spec.map(known -> known.placing().priority()).orElse(0)));
      }
    }
  }

  private static ExperimentSpec spec(LiveRun run) {
    return run.state().submission().orElseThrow().spec();
  }

  private static String wish(ExperimentSpec spec) {
    return spec.device().equals("auto") ? spec.placing().kind().text() : spec.device();
  }

  private Answer leases(Call call) {
    int limit = (int) call.parameters().whole("limit").orElse(USUAL_LEASES);
    List<LiveDevices.Lease> leases = reads.feed().devices().leases(limit);
    return Answer.json(
        Json.line(json -> json.array("leases", all -> leases.forEach(each -> lease(all, each)))));
  }

  private static void lease(Json all, LiveDevices.Lease lease) {
    for (DeviceId device : lease.devices()) {
      all.add(
          json ->
              json.put("device", device.toString())
                  .put("run", lease.run().value())
                  .put("lease", lease.fence())
                  .put("from", lease.from().toString())
                  .put("until", lease.until().map(Instant::toString).orElse(null))
                  .put("end", lease.end().orElse(null)));
    }
  }
}
