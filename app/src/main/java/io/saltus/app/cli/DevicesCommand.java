package io.saltus.app.cli;

import io.saltus.actors.worker.CorePinning;
import io.saltus.app.DeviceLeases;
import io.saltus.app.report.DeviceJson;
import io.saltus.app.text.Figures;
import io.saltus.app.text.TextTable;
import io.saltus.experiment.Device;
import io.saltus.persistence.home.Home;
import io.saltus.tf.device.Devices;
import java.util.Optional;
import java.util.SortedMap;
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
    SortedMap<String, DeviceLeases.Lease> leases = DeviceLeases.of(Home.at(invocation.home()));
    if (json) {
      Devices.list()
          .forEach(device -> invocation.print(DeviceJson.line(device, lease(leases, device))));
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
                    lease(leases, device)
                        .map(lease -> "%s (process %d)".formatted(lease.run(), lease.pid()))
                        .orElse("free")));
    invocation.print(table.lines());
    CorePinning pinning = CorePinning.here(Devices.list(), invocation.surroundings().environment());
    pinning.refusal().ifPresent(why -> invocation.note(pinning.text()));
    if (!Devices.hasGpuNatives() && !Devices.gpus().isEmpty()) {
      invocation.note("GPUs are there and not used; 'saltus doctor' says why");
    }
    return 0;
  }

  private static Optional<DeviceLeases.Lease> lease(
      SortedMap<String, DeviceLeases.Lease> leases, Device device) {
    return Optional.ofNullable(leases.get(device.id().toString()));
  }
}
