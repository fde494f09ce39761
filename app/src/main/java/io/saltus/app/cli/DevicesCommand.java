package io.saltus.app.cli;

import io.saltus.app.json.Json;
import io.saltus.app.text.Figures;
import io.saltus.app.text.TextTable;
import io.saltus.experiment.Device;
import io.saltus.experiment.GpuFacts;
import io.saltus.tf.device.Devices;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists the devices that runs can use. */
@Command(name = "devices", description = "List the devices of this machine.")
final class DevicesCommand implements Callable<Integer> {

  private final Invocation invocation;

  DevicesCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    if (invocation.json()) {
      Devices.list().forEach(device -> invocation.print(line(device)));
      return 0;
    }
    TextTable table = TextTable.of("device", "kind", ">threads", ">memory", "lease");
    Devices.list()
        .forEach(
            device ->
                table.row(
                    device.id().toString(),
                    device.kind(),
                    Figures.whole(device.threads()),
                    Figures.bytes(device.memoryBytes()),
                    "free"));
    invocation.print(table.lines());
    if (!Devices.hasGpuNatives() && !Devices.gpus().isEmpty()) {
      invocation.note("GPUs are there and not used; 'saltus doctor' says why");
    }
    return 0;
  }

  private static String line(Device device) {
    return Json.line(
        json ->
            json.put("device", device.id().toString())
                .put("kind", device.kind())
                .put("threads", device.threads())
                .put("memoryBytes", device.memoryBytes())
                .put("uuid", device.gpu().map(GpuFacts::uuid).orElse(null))
                .put("driver", device.gpu().map(GpuFacts::driver).orElse(null))
                .putNull("lease"));
  }
}
