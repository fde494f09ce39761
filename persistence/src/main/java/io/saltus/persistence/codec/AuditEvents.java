package io.saltus.persistence.codec;

import io.saltus.experiment.event.AuditEvent;
import io.saltus.experiment.event.AuditEvent.Difference;
import io.saltus.experiment.event.AuditEvent.RunVerified;
import io.saltus.proto.v1.BesideProto;
import java.util.Optional;

/** The events of audits. */
final class AuditEvents {

  private AuditEvents() {}

  static EventTable<AuditEvent> table() {
    return new EventTable<AuditEvent>()
        .add(
            RunVerified.class,
            AuditEvents::write,
            BesideProto.RunVerified.parser(),
            AuditEvents::read);
  }

  private static BesideProto.RunVerified write(At at, RunVerified event) {
    BesideProto.RunVerified.Builder wire =
        BesideProto.RunVerified.newBuilder()
            .setFromStep(at.count(event.fromStep(), "from_step"))
            .setUntilStep(at.count(event.untilStep(), "until_step"))
            .setIdentical(event.identical())
            .setSteps(at.count(event.steps(), "steps"))
            .setMetrics(at.atLeast(0, event.metrics(), "metrics"))
            .setTensors(at.atLeast(0, event.tensors(), "tensors"))
            .setFingerprint(ProvenanceCodec.write(event.fingerprint()))
            .setCode(ProvenanceCodec.write(event.code()));
    event
        .firstDifference()
        .ifPresent(found -> wire.setFirstDifference(write(at.in("first_difference"), found)));
    return wire.build();
  }

  private static RunVerified read(At at, BesideProto.RunVerified wire) {
    at.has(wire.hasFromStep(), "from_step");
    at.has(wire.hasUntilStep(), "until_step");
    at.has(wire.hasIdentical(), "identical");
    at.has(wire.hasSteps(), "steps");
    at.has(wire.hasMetrics(), "metrics");
    at.has(wire.hasTensors(), "tensors");
    at.has(wire.hasFingerprint(), "fingerprint");
    at.has(wire.hasCode(), "code");
    Optional<Difference> difference =
        wire.hasFirstDifference()
            ? Optional.of(read(at.in("first_difference"), wire.getFirstDifference()))
            : Optional.empty();
    return at.build(
        () ->
            new RunVerified(
                at.count(wire.getFromStep(), "from_step"),
                at.count(wire.getUntilStep(), "until_step"),
                wire.getIdentical(),
                at.count(wire.getSteps(), "steps"),
                at.atLeast(0, wire.getMetrics(), "metrics"),
                at.atLeast(0, wire.getTensors(), "tensors"),
                difference,
                ProvenanceCodec.read(at.in("fingerprint"), wire.getFingerprint()),
                ProvenanceCodec.read(at.in("code"), wire.getCode())));
  }

  private static BesideProto.Difference write(At at, Difference difference) {
    return BesideProto.Difference.newBuilder()
        .setStep(at.count(difference.step(), "step"))
        .setSubject(difference.subject())
        .setRecorded(difference.recorded())
        .setRecomputed(difference.recomputed())
        .build();
  }

  private static Difference read(At at, BesideProto.Difference wire) {
    at.known(wire);
    at.has(wire.hasStep(), "step");
    at.has(wire.hasSubject(), "subject");
    at.has(wire.hasRecorded(), "recorded");
    at.has(wire.hasRecomputed(), "recomputed");
    return new Difference(
        at.count(wire.getStep(), "step"),
        wire.getSubject(),
        wire.getRecorded(),
        wire.getRecomputed());
  }
}
