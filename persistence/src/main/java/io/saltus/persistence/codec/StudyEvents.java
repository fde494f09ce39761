package io.saltus.persistence.codec;

import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.StudyEvent;
import io.saltus.experiment.event.StudyEvent.RunAssigned;
import io.saltus.experiment.event.StudyEvent.RunRefused;
import io.saltus.experiment.event.StudyEvent.StudyBudgeted;
import io.saltus.experiment.event.StudyEvent.StudyDeleted;
import io.saltus.experiment.event.StudyEvent.StudyExtended;
import io.saltus.experiment.event.StudyEvent.StudyRested;
import io.saltus.experiment.event.StudyEvent.StudyStarted;
import io.saltus.experiment.event.StudyEvent.StudySubmitted;
import io.saltus.experiment.event.StudyEvent.StudyWidened;
import io.saltus.proto.v1.StudyProto;
import java.util.Optional;

/** The events of studies. */
final class StudyEvents {

  private static final EnumTable<StudyEvent.StudyOutcome, StudyProto.StudyOutcome> OUTCOMES =
      EnumTable.of(StudyEvent.StudyOutcome.class, StudyProto.StudyOutcome.class, "STUDY_OUTCOME_");
  private static final EnumTable<StudyEvent.StudyObstacle, StudyProto.StudyObstacle> OBSTACLES =
      EnumTable.of(
          StudyEvent.StudyObstacle.class, StudyProto.StudyObstacle.class, "STUDY_OBSTACLE_");

  private StudyEvents() {}

  static EventTable<StudyEvent> table() {
    return new EventTable<StudyEvent>()
        .add(
            StudySubmitted.class,
            StudyEvents::write,
            StudyProto.StudySubmitted.parser(),
            StudyEvents::read)
        .add(
            StudyWidened.class,
            StudyEvents::write,
            StudyProto.StudyWidened.parser(),
            StudyEvents::read)
        .add(
            StudyBudgeted.class,
            StudyEvents::write,
            StudyProto.StudyBudgeted.parser(),
            StudyEvents::read)
        .add(
            StudyExtended.class,
            StudyEvents::write,
            StudyProto.StudyExtended.parser(),
            StudyEvents::read)
        .add(
            StudyStarted.class,
            (at, event) -> StudyProto.StudyStarted.getDefaultInstance(),
            StudyProto.StudyStarted.parser(),
            (at, wire) -> new StudyStarted())
        .add(
            RunAssigned.class,
            StudyEvents::write,
            StudyProto.RunAssigned.parser(),
            StudyEvents::read)
        .add(
            RunRefused.class, StudyEvents::write, StudyProto.RunRefused.parser(), StudyEvents::read)
        .add(
            StudyRested.class,
            StudyEvents::write,
            StudyProto.StudyRested.parser(),
            StudyEvents::read)
        .add(
            StudyDeleted.class,
            (at, event) -> StudyProto.StudyDeleted.getDefaultInstance(),
            StudyProto.StudyDeleted.parser(),
            (at, wire) -> new StudyDeleted());
  }

  private static StudyProto.StudySubmitted write(At at, StudySubmitted event) {
    return StudyProto.StudySubmitted.newBuilder()
        .setStudy(event.study().value())
        .setSpec(SpecCodec.write(event.spec()))
        .setCode(ProvenanceCodec.write(event.code()))
        .build();
  }

  private static StudySubmitted read(At at, StudyProto.StudySubmitted wire) {
    at.has(wire.hasStudy(), "study");
    at.has(wire.hasSpec(), "spec");
    at.has(wire.hasCode(), "code");
    return at.build(
        () ->
            new StudySubmitted(
                new StudyId(wire.getStudy()),
                SpecCodec.read(at.in("spec"), wire.getSpec()),
                ProvenanceCodec.read(at.in("code"), wire.getCode())));
  }

  private static StudyProto.StudyWidened write(At at, StudyWidened event) {
    return StudyProto.StudyWidened.newBuilder().setSpec(SpecCodec.write(event.spec())).build();
  }

  private static StudyWidened read(At at, StudyProto.StudyWidened wire) {
    at.has(wire.hasSpec(), "spec");
    return at.build(() -> new StudyWidened(SpecCodec.read(at.in("spec"), wire.getSpec())));
  }

  private static StudyProto.StudyBudgeted write(At at, StudyBudgeted event) {
    return StudyProto.StudyBudgeted.newBuilder().setDeviceHours(event.deviceHours()).build();
  }

  private static StudyBudgeted read(At at, StudyProto.StudyBudgeted wire) {
    at.has(wire.hasDeviceHours(), "device_hours");
    return at.build(() -> new StudyBudgeted(wire.getDeviceHours()));
  }

  private static StudyProto.StudyExtended write(At at, StudyExtended event) {
    return StudyProto.StudyExtended.newBuilder()
        .setSteps(at.atLeast(1, event.steps(), "steps"))
        .build();
  }

  private static StudyExtended read(At at, StudyProto.StudyExtended wire) {
    at.has(wire.hasSteps(), "steps");
    return new StudyExtended(at.atLeast(1, wire.getSteps(), "steps"));
  }

  private static StudyProto.RunAssigned write(At at, RunAssigned event) {
    return StudyProto.RunAssigned.newBuilder()
        .addAllAxes(ProvenanceCodec.write(event.axes()))
        .setSeed(at.count(event.seed(), "seed"))
        .setRun(event.run().value())
        .setReused(event.reused())
        .build();
  }

  private static RunAssigned read(At at, StudyProto.RunAssigned wire) {
    at.has(wire.hasSeed(), "seed");
    at.has(wire.hasRun(), "run");
    at.has(wire.hasReused(), "reused");
    return new RunAssigned(
        ProvenanceCodec.read(at, "axes", wire.getAxesList()),
        at.count(wire.getSeed(), "seed"),
        at.in("run").build(() -> new RunId(wire.getRun())),
        wire.getReused());
  }

  private static StudyProto.RunRefused write(At at, RunRefused event) {
    return StudyProto.RunRefused.newBuilder()
        .setRun(event.run().value())
        .setReason(event.reason())
        .build();
  }

  private static RunRefused read(At at, StudyProto.RunRefused wire) {
    at.has(wire.hasRun(), "run");
    at.has(wire.hasReason(), "reason");
    return new RunRefused(at.in("run").build(() -> new RunId(wire.getRun())), wire.getReason());
  }

  private static StudyProto.StudyRested write(At at, StudyRested event) {
    StudyProto.StudyRested.Builder wire =
        StudyProto.StudyRested.newBuilder()
            .setOutcome(OUTCOMES.write(event.outcome()))
            .setReason(event.reason());
    event.obstacle().map(OBSTACLES::write).ifPresent(wire::setObstacle);
    return wire.build();
  }

  private static StudyRested read(At at, StudyProto.StudyRested wire) {
    at.has(wire.hasOutcome(), "outcome");
    at.has(wire.hasReason(), "reason");
    return new StudyRested(
        OUTCOMES.read(at, "outcome", wire.getOutcome(), wire.getOutcomeValue()),
        wire.getReason(),
        wire.hasObstacle()
            ? Optional.of(
                OBSTACLES.read(at, "obstacle", wire.getObstacle(), wire.getObstacleValue()))
            : Optional.empty());
  }
}
