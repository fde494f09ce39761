package io.saltus.persistence.codec;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.AttemptEnded;
import io.saltus.experiment.event.RunEvent.AttemptStarted;
import io.saltus.experiment.event.RunEvent.CatchUpVerified;
import io.saltus.experiment.event.RunEvent.CheckpointDropped;
import io.saltus.experiment.event.RunEvent.CheckpointRejected;
import io.saltus.experiment.event.RunEvent.CheckpointSaved;
import io.saltus.experiment.event.RunEvent.Diverged;
import io.saltus.experiment.event.RunEvent.HistoryRewound;
import io.saltus.experiment.event.RunEvent.MetricsRecorded;
import io.saltus.experiment.event.RunEvent.NonFiniteObserved;
import io.saltus.experiment.metric.MetricName;
import io.saltus.proto.v1.EventsProto;
import java.util.ArrayList;
import java.util.List;

/** The events of an attempt, and of what it leaves behind. */
final class AttemptEvents {

  static final EnumTable<AttemptEnd, EventsProto.AttemptEnd> ENDS =
      EnumTable.of(AttemptEnd.class, EventsProto.AttemptEnd.class, "ATTEMPT_END_");

  private AttemptEvents() {}

  static EventTable<RunEvent> addTo(EventTable<RunEvent> table) {
    return table
        .add(
            AttemptStarted.class,
            AttemptEvents::write,
            EventsProto.AttemptStarted.parser(),
            AttemptEvents::read)
        .add(
            MetricsRecorded.class,
            AttemptEvents::write,
            EventsProto.MetricsRecorded.parser(),
            AttemptEvents::read)
        .add(
            CheckpointSaved.class,
            AttemptEvents::write,
            EventsProto.CheckpointSaved.parser(),
            AttemptEvents::read)
        .add(
            CheckpointRejected.class,
            AttemptEvents::write,
            EventsProto.CheckpointRejected.parser(),
            AttemptEvents::read)
        .add(
            CheckpointDropped.class,
            AttemptEvents::write,
            EventsProto.CheckpointDropped.parser(),
            AttemptEvents::read)
        .add(
            CatchUpVerified.class,
            AttemptEvents::write,
            EventsProto.CatchUpVerified.parser(),
            AttemptEvents::read)
        .add(
            Diverged.class,
            AttemptEvents::write,
            EventsProto.Diverged.parser(),
            AttemptEvents::read)
        .add(
            HistoryRewound.class,
            AttemptEvents::write,
            EventsProto.HistoryRewound.parser(),
            AttemptEvents::read)
        .add(
            NonFiniteObserved.class,
            AttemptEvents::write,
            EventsProto.NonFiniteObserved.parser(),
            AttemptEvents::read)
        .add(
            AttemptEnded.class,
            AttemptEvents::write,
            EventsProto.AttemptEnded.parser(),
            AttemptEvents::read);
  }

  static EventsProto.AttemptStarted write(At at, AttemptStarted event) {
    return EventsProto.AttemptStarted.newBuilder()
        .setAttempt(attempt(at, event.attempt()))
        .addAllDevices(event.devices().stream().map(DeviceId::toString).toList())
        .setFromStep(at.atLeast(RunEvents.NO_STEP, event.fromStep(), "from_step"))
        .setFingerprint(ProvenanceCodec.write(event.fingerprint()))
        .setCatalogue(MetricsCodec.write(event.catalogue()))
        .build();
  }

  static AttemptStarted read(At at, EventsProto.AttemptStarted wire) {
    at.has(wire.hasAttempt(), "attempt");
    at.has(wire.hasFromStep(), "from_step");
    at.has(wire.hasFingerprint(), "fingerprint");
    at.has(wire.hasCatalogue(), "catalogue");
    List<DeviceId> devices = new ArrayList<>(wire.getDevicesCount());
    for (int i = 0; i < wire.getDevicesCount(); i++) {
      String device = wire.getDevices(i);
      devices.add(at.in("devices", i).build(() -> DeviceId.parse(device)));
    }
    return new AttemptStarted(
        attempt(at, wire.getAttempt()),
        devices,
        at.atLeast(RunEvents.NO_STEP, wire.getFromStep(), "from_step"),
        ProvenanceCodec.read(at.in("fingerprint"), wire.getFingerprint()),
        MetricsCodec.read(at.in("catalogue"), wire.getCatalogue()));
  }

  private static EventsProto.MetricsRecorded write(At at, MetricsRecorded event) {
    return EventsProto.MetricsRecorded.newBuilder()
        .setAttempt(attempt(at, event.attempt()))
        .setFrame(MetricsCodec.write(event.frame()))
        .build();
  }

  private static MetricsRecorded read(At at, EventsProto.MetricsRecorded wire) {
    at.has(wire.hasAttempt(), "attempt");
    at.has(wire.hasFrame(), "frame");
    return new MetricsRecorded(
        attempt(at, wire.getAttempt()), MetricsCodec.read(at.in("frame"), wire.getFrame()));
  }

  private static EventsProto.CheckpointSaved write(At at, CheckpointSaved event) {
    return EventsProto.CheckpointSaved.newBuilder()
        .setAttempt(attempt(at, event.attempt()))
        .setStep(at.count(event.step(), "step"))
        .setSha256(Digests.write(event.sha256()))
        .setBytes(at.count(event.bytes(), "bytes"))
        .build();
  }

  private static CheckpointSaved read(At at, EventsProto.CheckpointSaved wire) {
    at.has(wire.hasAttempt(), "attempt");
    at.has(wire.hasStep(), "step");
    at.has(wire.hasBytes(), "bytes");
    return new CheckpointSaved(
        attempt(at, wire.getAttempt()),
        at.count(wire.getStep(), "step"),
        Digests.read(at, "sha256", wire.getSha256()),
        at.count(wire.getBytes(), "bytes"));
  }

  private static EventsProto.CheckpointRejected write(At at, CheckpointRejected event) {
    return EventsProto.CheckpointRejected.newBuilder()
        .setStep(at.count(event.step(), "step"))
        .setSha256(Digests.write(event.sha256()))
        .setReason(event.reason())
        .build();
  }

  private static CheckpointRejected read(At at, EventsProto.CheckpointRejected wire) {
    at.has(wire.hasStep(), "step");
    at.has(wire.hasReason(), "reason");
    return new CheckpointRejected(
        at.count(wire.getStep(), "step"),
        Digests.read(at, "sha256", wire.getSha256()),
        wire.getReason());
  }

  private static EventsProto.CheckpointDropped write(At at, CheckpointDropped event) {
    return EventsProto.CheckpointDropped.newBuilder()
        .setStep(at.count(event.step(), "step"))
        .setSha256(Digests.write(event.sha256()))
        .build();
  }

  private static CheckpointDropped read(At at, EventsProto.CheckpointDropped wire) {
    at.has(wire.hasStep(), "step");
    return new CheckpointDropped(
        at.count(wire.getStep(), "step"), Digests.read(at, "sha256", wire.getSha256()));
  }

  private static EventsProto.CatchUpVerified write(At at, CatchUpVerified event) {
    return EventsProto.CatchUpVerified.newBuilder()
        .setAttempt(attempt(at, event.attempt()))
        .setFromStep(at.count(event.fromStep(), "from_step"))
        .setUntilStep(at.count(event.untilStep(), "until_step"))
        .build();
  }

  private static CatchUpVerified read(At at, EventsProto.CatchUpVerified wire) {
    at.has(wire.hasAttempt(), "attempt");
    at.has(wire.hasFromStep(), "from_step");
    at.has(wire.hasUntilStep(), "until_step");
    return new CatchUpVerified(
        attempt(at, wire.getAttempt()),
        at.count(wire.getFromStep(), "from_step"),
        at.count(wire.getUntilStep(), "until_step"));
  }

  static EventsProto.Diverged write(At at, Diverged event) {
    return EventsProto.Diverged.newBuilder()
        .setAttempt(attempt(at, event.attempt()))
        .setStep(at.count(event.step(), "step"))
        .setSubject(event.subject())
        .setRecorded(event.recorded())
        .setRecomputed(event.recomputed())
        .build();
  }

  static Diverged read(At at, EventsProto.Diverged wire) {
    at.has(wire.hasAttempt(), "attempt");
    at.has(wire.hasStep(), "step");
    at.has(wire.hasSubject(), "subject");
    at.has(wire.hasRecorded(), "recorded");
    at.has(wire.hasRecomputed(), "recomputed");
    return new Diverged(
        attempt(at, wire.getAttempt()),
        at.count(wire.getStep(), "step"),
        wire.getSubject(),
        wire.getRecorded(),
        wire.getRecomputed());
  }

  private static EventsProto.HistoryRewound write(At at, HistoryRewound event) {
    return EventsProto.HistoryRewound.newBuilder()
        .setAttempt(attempt(at, event.attempt()))
        .setToStep(at.atLeast(RunEvents.NO_STEP, event.toStep(), "to_step"))
        .build();
  }

  private static HistoryRewound read(At at, EventsProto.HistoryRewound wire) {
    at.has(wire.hasAttempt(), "attempt");
    at.has(wire.hasToStep(), "to_step");
    return new HistoryRewound(
        attempt(at, wire.getAttempt()), at.atLeast(RunEvents.NO_STEP, wire.getToStep(), "to_step"));
  }

  static EventsProto.NonFiniteObserved write(At at, NonFiniteObserved event) {
    return EventsProto.NonFiniteObserved.newBuilder()
        .setAttempt(attempt(at, event.attempt()))
        .setStep(at.count(event.step(), "step"))
        .setMetric(event.metric().value())
        .build();
  }

  static NonFiniteObserved read(At at, EventsProto.NonFiniteObserved wire) {
    at.has(wire.hasAttempt(), "attempt");
    at.has(wire.hasStep(), "step");
    at.has(wire.hasMetric(), "metric");
    return new NonFiniteObserved(
        attempt(at, wire.getAttempt()),
        at.count(wire.getStep(), "step"),
        at.in("metric").build(() -> new MetricName(wire.getMetric())));
  }

  private static EventsProto.AttemptEnded write(At at, AttemptEnded event) {
    return EventsProto.AttemptEnded.newBuilder()
        .setAttempt(attempt(at, event.attempt()))
        .setCause(ENDS.write(event.cause()))
        .setMessage(event.message())
        .build();
  }

  private static AttemptEnded read(At at, EventsProto.AttemptEnded wire) {
    at.has(wire.hasAttempt(), "attempt");
    at.has(wire.hasMessage(), "message");
    return new AttemptEnded(
        attempt(at, wire.getAttempt()),
        ENDS.read(at, "cause", wire.getCause(), wire.getCauseValue()),
        wire.getMessage());
  }

  private static int attempt(At at, int attempt) {
    return at.atLeast(1, attempt, "attempt");
  }
}
