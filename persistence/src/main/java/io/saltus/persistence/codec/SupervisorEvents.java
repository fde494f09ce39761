package io.saltus.persistence.codec;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.experiment.event.SupervisorEvent.DeviceDrained;
import io.saltus.experiment.event.SupervisorEvent.DeviceRestored;
import io.saltus.experiment.event.SupervisorEvent.DiskRanLow;
import io.saltus.experiment.event.SupervisorEvent.DiskRecovered;
import io.saltus.experiment.event.SupervisorEvent.LeaseGranted;
import io.saltus.experiment.event.SupervisorEvent.LeaseReleased;
import io.saltus.experiment.event.SupervisorEvent.RestartScheduled;
import io.saltus.experiment.event.SupervisorEvent.RunEnqueued;
import io.saltus.experiment.event.SupervisorEvent.RunPreempted;
import io.saltus.experiment.event.SupervisorEvent.RunSettled;
import io.saltus.proto.v1.SupervisorProto;
import java.util.ArrayList;
import java.util.List;

/** The events of the supervisor. */
final class SupervisorEvents {

  static final EnumTable<SupervisorEvent.RunOutcome, SupervisorProto.RunOutcome> OUTCOMES =
      EnumTable.of(
          SupervisorEvent.RunOutcome.class, SupervisorProto.RunOutcome.class, "RUN_OUTCOME_");

  private SupervisorEvents() {}

  static EventTable<SupervisorEvent> table() {
    return new EventTable<SupervisorEvent>()
        .add(
            RunEnqueued.class,
            SupervisorEvents::write,
            SupervisorProto.RunEnqueued.parser(),
            SupervisorEvents::read)
        .add(
            LeaseGranted.class,
            SupervisorEvents::write,
            SupervisorProto.LeaseGranted.parser(),
            SupervisorEvents::read)
        .add(
            LeaseReleased.class,
            SupervisorEvents::write,
            SupervisorProto.LeaseReleased.parser(),
            SupervisorEvents::read)
        .add(
            RestartScheduled.class,
            SupervisorEvents::write,
            SupervisorProto.RestartScheduled.parser(),
            SupervisorEvents::read)
        .add(
            RunPreempted.class,
            SupervisorEvents::write,
            SupervisorProto.RunPreempted.parser(),
            SupervisorEvents::read)
        .add(
            DeviceDrained.class,
            SupervisorEvents::write,
            SupervisorProto.DeviceDrained.parser(),
            SupervisorEvents::read)
        .add(
            DeviceRestored.class,
            SupervisorEvents::write,
            SupervisorProto.DeviceRestored.parser(),
            SupervisorEvents::read)
        .add(
            DiskRanLow.class,
            SupervisorEvents::write,
            SupervisorProto.DiskRanLow.parser(),
            SupervisorEvents::read)
        .add(
            DiskRecovered.class,
            SupervisorEvents::write,
            SupervisorProto.DiskRecovered.parser(),
            SupervisorEvents::read)
        .add(
            RunSettled.class,
            SupervisorEvents::write,
            SupervisorProto.RunSettled.parser(),
            SupervisorEvents::read);
  }

  private static SupervisorProto.RunEnqueued write(At at, RunEnqueued event) {
    return SupervisorProto.RunEnqueued.newBuilder()
        .setRun(event.run().value())
        .setExperiment(event.experiment())
        .build();
  }

  private static RunEnqueued read(At at, SupervisorProto.RunEnqueued wire) {
    at.has(wire.hasRun(), "run");
    at.has(wire.hasExperiment(), "experiment");
    return new RunEnqueued(
        at.in("run").build(() -> new RunId(wire.getRun())), wire.getExperiment());
  }

  private static SupervisorProto.LeaseGranted write(At at, LeaseGranted event) {
    return SupervisorProto.LeaseGranted.newBuilder()
        .setFence(at.count(event.fence(), "fence"))
        .setDevice(event.devices().get(0).toString())
        .addAllMoreDevices(event.devices().stream().skip(1).map(DeviceId::toString).toList())
        .setRun(event.run().value())
        .build();
  }

  private static LeaseGranted read(At at, SupervisorProto.LeaseGranted wire) {
    at.has(wire.hasFence(), "fence");
    at.has(wire.hasDevice(), "device");
    at.has(wire.hasRun(), "run");
    return new LeaseGranted(
        at.count(wire.getFence(), "fence"),
        devices(at, wire.getDevice(), wire.getMoreDevicesList()),
        at.in("run").build(() -> new RunId(wire.getRun())));
  }

  /** The devices of a lease: the first stands in a field of its own, older than the others. */
  static List<DeviceId> devices(At at, String first, List<String> more) {
    List<DeviceId> devices = new ArrayList<>();
    devices.add(device(at, first));
    for (int i = 0; i < more.size(); i++) {
      String text = more.get(i);
      devices.add(at.in("more_devices", i).build(() -> DeviceId.parse(text)));
    }
    return devices;
  }

  private static DeviceId device(At at, String text) {
    return at.in("device").build(() -> DeviceId.parse(text));
  }

  private static SupervisorProto.LeaseReleased write(At at, LeaseReleased event) {
    return SupervisorProto.LeaseReleased.newBuilder()
        .setFence(at.count(event.fence(), "fence"))
        .setReason(event.reason())
        .build();
  }

  private static LeaseReleased read(At at, SupervisorProto.LeaseReleased wire) {
    at.has(wire.hasFence(), "fence");
    at.has(wire.hasReason(), "reason");
    return new LeaseReleased(at.count(wire.getFence(), "fence"), wire.getReason());
  }

  private static SupervisorProto.RestartScheduled write(At at, RestartScheduled event) {
    return SupervisorProto.RestartScheduled.newBuilder()
        .setRun(event.run().value())
        .setCause(AttemptEvents.ENDS.write(event.cause()))
        .setAfterMillis(at.count(event.afterMillis(), "after_millis"))
        .build();
  }

  private static RestartScheduled read(At at, SupervisorProto.RestartScheduled wire) {
    at.has(wire.hasRun(), "run");
    at.has(wire.hasAfterMillis(), "after_millis");
    return new RestartScheduled(
        at.in("run").build(() -> new RunId(wire.getRun())),
        AttemptEvents.ENDS.read(at, "cause", wire.getCause(), wire.getCauseValue()),
        at.count(wire.getAfterMillis(), "after_millis"));
  }

  private static SupervisorProto.RunPreempted write(At at, RunPreempted event) {
    return SupervisorProto.RunPreempted.newBuilder()
        .setRun(event.run().value())
        .setBy(event.by().value())
        .build();
  }

  private static RunPreempted read(At at, SupervisorProto.RunPreempted wire) {
    at.has(wire.hasRun(), "run");
    at.has(wire.hasBy(), "by");
    return new RunPreempted(
        at.in("run").build(() -> new RunId(wire.getRun())),
        at.in("by").build(() -> new RunId(wire.getBy())));
  }

  private static SupervisorProto.DeviceDrained write(At at, DeviceDrained event) {
    return SupervisorProto.DeviceDrained.newBuilder()
        .setDevice(event.device().toString())
        .setReason(event.reason())
        .build();
  }

  private static DeviceDrained read(At at, SupervisorProto.DeviceDrained wire) {
    at.has(wire.hasDevice(), "device");
    at.has(wire.hasReason(), "reason");
    return new DeviceDrained(device(at, wire.getDevice()), wire.getReason());
  }

  private static SupervisorProto.DeviceRestored write(At at, DeviceRestored event) {
    return SupervisorProto.DeviceRestored.newBuilder().setDevice(event.device().toString()).build();
  }

  private static DeviceRestored read(At at, SupervisorProto.DeviceRestored wire) {
    at.has(wire.hasDevice(), "device");
    return new DeviceRestored(device(at, wire.getDevice()));
  }

  private static SupervisorProto.DiskRanLow write(At at, DiskRanLow event) {
    return SupervisorProto.DiskRanLow.newBuilder()
        .setFreeBytes(at.count(event.freeBytes(), "free_bytes"))
        .setFloorBytes(at.count(event.floorBytes(), "floor_bytes"))
        .build();
  }

  private static DiskRanLow read(At at, SupervisorProto.DiskRanLow wire) {
    at.has(wire.hasFreeBytes(), "free_bytes");
    at.has(wire.hasFloorBytes(), "floor_bytes");
    return new DiskRanLow(
        at.count(wire.getFreeBytes(), "free_bytes"), at.count(wire.getFloorBytes(), "floor_bytes"));
  }

  private static SupervisorProto.DiskRecovered write(At at, DiskRecovered event) {
    return SupervisorProto.DiskRecovered.newBuilder()
        .setFreeBytes(at.count(event.freeBytes(), "free_bytes"))
        .build();
  }

  private static DiskRecovered read(At at, SupervisorProto.DiskRecovered wire) {
    at.has(wire.hasFreeBytes(), "free_bytes");
    return new DiskRecovered(at.count(wire.getFreeBytes(), "free_bytes"));
  }

  private static SupervisorProto.RunSettled write(At at, RunSettled event) {
    return SupervisorProto.RunSettled.newBuilder()
        .setRun(event.run().value())
        .setOutcome(OUTCOMES.write(event.outcome()))
        .build();
  }

  private static RunSettled read(At at, SupervisorProto.RunSettled wire) {
    at.has(wire.hasRun(), "run");
    return new RunSettled(
        at.in("run").build(() -> new RunId(wire.getRun())),
        OUTCOMES.read(at, "outcome", wire.getOutcome(), wire.getOutcomeValue()));
  }
}
