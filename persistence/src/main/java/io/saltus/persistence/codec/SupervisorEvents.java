package io.saltus.persistence.codec;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.experiment.event.SupervisorEvent.LeaseGranted;
import io.saltus.experiment.event.SupervisorEvent.LeaseReleased;
import io.saltus.experiment.event.SupervisorEvent.RunEnqueued;
import io.saltus.experiment.event.SupervisorEvent.RunSettled;
import io.saltus.proto.v1.SupervisorProto;

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
        .setDevice(event.device().toString())
        .setRun(event.run().value())
        .build();
  }

  private static LeaseGranted read(At at, SupervisorProto.LeaseGranted wire) {
    at.has(wire.hasFence(), "fence");
    at.has(wire.hasDevice(), "device");
    at.has(wire.hasRun(), "run");
    return new LeaseGranted(
        at.count(wire.getFence(), "fence"),
        at.in("device").build(() -> DeviceId.parse(wire.getDevice())),
        at.in("run").build(() -> new RunId(wire.getRun())));
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
