package io.saltus.persistence.codec;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.ForkOrigin;
import io.saltus.experiment.event.RunEvent.RunAnnotated;
import io.saltus.experiment.event.RunEvent.RunCancelled;
import io.saltus.experiment.event.RunEvent.RunCompleted;
import io.saltus.experiment.event.RunEvent.RunDeleted;
import io.saltus.experiment.event.RunEvent.RunExtended;
import io.saltus.experiment.event.RunEvent.RunFailed;
import io.saltus.experiment.event.RunEvent.RunImported;
import io.saltus.experiment.event.RunEvent.RunPaused;
import io.saltus.experiment.event.RunEvent.RunResumed;
import io.saltus.experiment.event.RunEvent.RunSubmitted;
import io.saltus.experiment.provenance.InputDigest;
import io.saltus.proto.v1.EventsProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The events of a run: its life as a whole here, its attempts in {@link AttemptEvents}. */
final class RunEvents {

  /** The step of a run that has not even step 0. */
  static final long NO_STEP = -1;

  static final EnumTable<RunEvent.SlotFate, EventsProto.SlotFate> SLOT_FATES =
      EnumTable.of(RunEvent.SlotFate.class, EventsProto.SlotFate.class, "SLOT_FATE_");

  private static final EnumTable<RunEvent.ImportOrigin, EventsProto.ImportOrigin> IMPORT_ORIGINS =
      EnumTable.of(RunEvent.ImportOrigin.class, EventsProto.ImportOrigin.class, "IMPORT_ORIGIN_");

  private RunEvents() {}

  static EventTable<RunEvent> table() {
    EventTable<RunEvent> table = new EventTable<>();
    table
        .add(
            RunSubmitted.class,
            RunEvents::write,
            EventsProto.RunSubmitted.parser(),
            RunEvents::read)
        .add(RunImported.class, RunEvents::write, EventsProto.RunImported.parser(), RunEvents::read)
        .add(
            RunAnnotated.class,
            RunEvents::write,
            EventsProto.RunAnnotated.parser(),
            RunEvents::read)
        .add(RunExtended.class, RunEvents::write, EventsProto.RunExtended.parser(), RunEvents::read)
        .add(
            RunDeleted.class,
            (at, event) -> EventsProto.RunDeleted.getDefaultInstance(),
            EventsProto.RunDeleted.parser(),
            (at, wire) -> new RunDeleted())
        .add(RunPaused.class, RunEvents::write, EventsProto.RunPaused.parser(), RunEvents::read)
        .add(
            RunResumed.class,
            (at, event) -> EventsProto.RunResumed.getDefaultInstance(),
            EventsProto.RunResumed.parser(),
            (at, wire) -> new RunResumed())
        .add(
            RunCancelled.class,
            RunEvents::write,
            EventsProto.RunCancelled.parser(),
            RunEvents::read)
        .add(
            RunCompleted.class,
            RunEvents::write,
            EventsProto.RunCompleted.parser(),
            RunEvents::read)
        .add(RunFailed.class, RunEvents::write, EventsProto.RunFailed.parser(), RunEvents::read);
    return AttemptEvents.addTo(table);
  }

  static EventsProto.RunSubmitted write(At at, RunSubmitted event) {
    EventsProto.RunSubmitted.Builder wire =
        EventsProto.RunSubmitted.newBuilder()
            .setRun(event.run().value())
            .setSpec(SpecCodec.write(event.spec()))
            .setSpecDigest(Digests.write(event.specDigest()))
            .setCode(ProvenanceCodec.write(event.code()));
    event.inputs().forEach(input -> wire.addInputs(ProvenanceCodec.write(input)));
    event
        .parent()
        .ifPresent(
            parent ->
                wire.setParent(
                    EventsProto.ForkOrigin.newBuilder()
                        .setRun(parent.run().value())
                        .setStep(at.in("parent").count(parent.step(), "step"))
                        .setOptimizerSlots(SLOT_FATES.write(parent.optimizerSlots()))));
    return wire.build();
  }

  static RunSubmitted read(At at, EventsProto.RunSubmitted wire) {
    at.has(wire.hasRun(), "run");
    at.has(wire.hasSpec(), "spec");
    at.has(wire.hasSpecDigest(), "spec_digest");
    at.has(wire.hasCode(), "code");
    List<InputDigest> inputs = new ArrayList<>(wire.getInputsCount());
    for (int i = 0; i < wire.getInputsCount(); i++) {
      inputs.add(ProvenanceCodec.read(at.in("inputs", i), wire.getInputs(i)));
    }
    return new RunSubmitted(
        at.in("run").build(() -> new RunId(wire.getRun())),
        SpecCodec.read(at.in("spec"), wire.getSpec()),
        Digests.read(at, "spec_digest", wire.getSpecDigest()),
        ProvenanceCodec.read(at.in("code"), wire.getCode()),
        inputs,
        wire.hasParent() ? Optional.of(read(at.in("parent"), wire.getParent())) : Optional.empty());
  }

  private static ForkOrigin read(At at, EventsProto.ForkOrigin wire) {
    at.known(wire);
    return new ForkOrigin(
        at.in("run").build(() -> new RunId(wire.getRun())),
        at.count(wire.getStep(), "step"),
        SLOT_FATES.read(
            at, "optimizer_slots", wire.getOptimizerSlots(), wire.getOptimizerSlotsValue()));
  }

  static EventsProto.RunImported write(At at, RunImported event) {
    EventsProto.RunImported.Builder wire =
        EventsProto.RunImported.newBuilder()
            .setRun(event.run().value())
            .setExperiment(event.experiment())
            .setOrigin(IMPORT_ORIGINS.write(event.origin()))
            .addAllParameters(ProvenanceCodec.write(event.parameters()))
            .setCode(ProvenanceCodec.write(event.code()));
    event.source().ifPresent(source -> wire.setSource(Digests.write(source)));
    return wire.build();
  }

  static RunImported read(At at, EventsProto.RunImported wire) {
    at.has(wire.hasRun(), "run");
    at.has(wire.hasExperiment(), "experiment");
    at.has(wire.hasCode(), "code");
    return new RunImported(
        at.in("run").build(() -> new RunId(wire.getRun())),
        at.text(wire.getExperiment(), "experiment"),
        IMPORT_ORIGINS.read(at, "origin", wire.getOrigin(), wire.getOriginValue()),
        ProvenanceCodec.read(at, "parameters", wire.getParametersList()),
        wire.hasSource()
            ? Optional.of(Digests.read(at, "source", wire.getSource()))
            : Optional.empty(),
        ProvenanceCodec.read(at.in("code"), wire.getCode()));
  }

  static EventsProto.RunAnnotated write(At at, RunAnnotated event) {
    EventsProto.RunAnnotated.Builder wire =
        EventsProto.RunAnnotated.newBuilder()
            .addAllTags(ProvenanceCodec.write(event.tags()))
            .addAllUntagged(event.untagged());
    event.note().ifPresent(wire::setNote);
    event.group().ifPresent(wire::setGroup);
    event.displayName().ifPresent(wire::setDisplayName);
    event.archived().ifPresent(wire::setArchived);
    return wire.build();
  }

  static RunAnnotated read(At at, EventsProto.RunAnnotated wire) {
    return new RunAnnotated(
        ProvenanceCodec.read(at, "tags", wire.getTagsList()),
        wire.getUntaggedList(),
        wire.hasNote() ? Optional.of(wire.getNote()) : Optional.empty(),
        wire.hasGroup() ? Optional.of(wire.getGroup()) : Optional.empty(),
        wire.hasDisplayName() ? Optional.of(wire.getDisplayName()) : Optional.empty(),
        wire.hasArchived() ? Optional.of(wire.getArchived()) : Optional.empty());
  }

  private static EventsProto.RunExtended write(At at, RunExtended event) {
    return EventsProto.RunExtended.newBuilder()
        .setSteps(at.atLeast(1, event.steps(), "steps"))
        .build();
  }

  private static RunExtended read(At at, EventsProto.RunExtended wire) {
    at.has(wire.hasSteps(), "steps");
    return new RunExtended(at.atLeast(1, wire.getSteps(), "steps"));
  }

  private static EventsProto.RunPaused write(At at, RunPaused event) {
    return EventsProto.RunPaused.newBuilder()
        .setStep(at.atLeast(NO_STEP, event.step(), "step"))
        .setReason(event.reason())
        .build();
  }

  private static RunPaused read(At at, EventsProto.RunPaused wire) {
    at.has(wire.hasStep(), "step");
    at.has(wire.hasReason(), "reason");
    return new RunPaused(at.atLeast(NO_STEP, wire.getStep(), "step"), wire.getReason());
  }

  private static EventsProto.RunCancelled write(At at, RunCancelled event) {
    return EventsProto.RunCancelled.newBuilder()
        .setStep(at.atLeast(NO_STEP, event.step(), "step"))
        .setReason(event.reason())
        .build();
  }

  private static RunCancelled read(At at, EventsProto.RunCancelled wire) {
    at.has(wire.hasStep(), "step");
    at.has(wire.hasReason(), "reason");
    return new RunCancelled(at.atLeast(NO_STEP, wire.getStep(), "step"), wire.getReason());
  }

  private static EventsProto.RunCompleted write(At at, RunCompleted event) {
    EventsProto.RunCompleted.Builder wire =
        EventsProto.RunCompleted.newBuilder().setStep(at.atLeast(NO_STEP, event.step(), "step"));
    event.rule().ifPresent(rule -> wire.setRule(SpecCodec.write(rule)));
    return wire.build();
  }

  private static RunCompleted read(At at, EventsProto.RunCompleted wire) {
    at.has(wire.hasStep(), "step");
    return new RunCompleted(
        at.atLeast(NO_STEP, wire.getStep(), "step"),
        wire.hasRule()
            ? Optional.of(SpecCodec.read(at.in("rule"), wire.getRule()))
            : Optional.empty());
  }

  static EventsProto.RunFailed write(At at, RunFailed event) {
    return EventsProto.RunFailed.newBuilder()
        .setStep(at.atLeast(NO_STEP, event.step(), "step"))
        .setCause(AttemptEvents.ENDS.write(event.cause()))
        .setMessage(event.message())
        .build();
  }

  static RunFailed read(At at, EventsProto.RunFailed wire) {
    at.has(wire.hasStep(), "step");
    at.has(wire.hasMessage(), "message");
    return new RunFailed(
        at.atLeast(NO_STEP, wire.getStep(), "step"),
        AttemptEvents.ENDS.read(at, "cause", wire.getCause(), wire.getCauseValue()),
        wire.getMessage());
  }
}
