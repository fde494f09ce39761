package io.saltus.app.cli;

import io.saltus.actors.worker.CorePinning;
import io.saltus.app.DeviceUse;
import io.saltus.app.report.DeviceJson;
import io.saltus.app.text.Figures;
import io.saltus.app.text.TextTable;
import io.saltus.experiment.Device;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.GpuFacts;
import io.saltus.persistence.home.Home;
import io.saltus.tf.device.Devices;
import java.util.List;
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
    boolean json = invocation.json();
    DeviceUse use = DeviceUse.of(Home.at(invocation.home()));
    List<Device> devices = Devices.list();
    if (json) {
      devices.forEach(device -> invocation.print(DeviceJson.line(device, use)));
      return 0;
    }
    TextTable table = TextTable.of("device", "kind", ">threads", ">memory", "driver", "lease");
    devices.forEach(
        device ->
            table.row(
                device.id().toString(),
                device.kind(),
                Figures.whole(device.threads()),
                Figures.bytes(device.memoryBytes()),
                device.gpu().map(GpuFacts::driver).orElse("-"),
                standing(device.id(), use)));
    invocation.print(table.lines());
    CorePinning pinning = CorePinning.here(devices, invocation.surroundings().environment());
    pinning.refusal().ifPresent(why -> invocation.note(pinning.text()));
    if (!Devices.hasGpuNatives() && !Devices.gpus().isEmpty()) {
      invocation.note("GPUs are there and not used; 'saltus doctor' says why");
    }
    return 0;
  }

  private static String standing(DeviceId device, DeviceUse use) {
    return use.lease(device)
        .map(lease -> "%s (process %d)".formatted(lease.run(), lease.pid()))
        .or(() -> use.drained(device).map(drained -> "drained: " + drained.reason()))
        .orElse("free");
  }
}
