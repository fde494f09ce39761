package io.saltus.persistence.codec;

import com.google.protobuf.CodedInputStream;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.provenance.Fingerprint;
import io.saltus.persistence.projection.Annotations;
import io.saltus.persistence.projection.AttemptState;
import io.saltus.persistence.projection.CheckpointState;
import io.saltus.persistence.projection.ImportedRun;
import io.saltus.persistence.projection.RunError;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
import io.saltus.proto.v1.EventsProto;
import io.saltus.proto.v1.StateProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** States of runs and the bytes of their snapshots. */
public final class RunStateCodec {

  /** What stands beside the bytes. */
  public static final String MANIFEST = "RunState";

  static final EnumTable<RunStatus, StateProto.RunStatus> STATUSES =
      EnumTable.of(RunStatus.class, StateProto.RunStatus.class, "RUN_STATUS_");

  private RunStateCodec() {}

  /** The bytes of a state. */
  public static byte[] encode(RunState state) {
    At at = At.event(MANIFEST);
    List<Fingerprint> fingerprints = new ArrayList<>();
    List<Catalogue> catalogues = new ArrayList<>();
    StateProto.RunState.Builder wire =
        StateProto.RunState.newBuilder()
            .setStatus(STATUSES.write(state.status()))
            .setSteps(state.steps())
            .setRecorded(RecordedCodec.write(state.recorded()))
            .setAnnotations(RunEvents.write(at, state.annotations().asEvent()))
            .setRewinds(state.rewinds())
            .setDeleted(state.deleted())
            .setLastSequence(state.lastSequence())
            .setEvents(state.events());
    // What stands in for the submission of an imported run follows from how it was imported.
    state
        .imported()
        .ifPresentOrElse(
            event -> wire.setImported(RunEvents.write(at, event)),
            () ->
                state
                    .submission()
                    .ifPresent(event -> wire.setSubmission(RunEvents.write(at, event))));
    for (AttemptState attempt : state.attempts()) {
      wire.addAttempts(
          AttemptCodec.write(
              attempt,
              place(fingerprints, attempt.fingerprint()),
              place(catalogues, attempt.catalogue())));
    }
    fingerprints.forEach(each -> wire.addFingerprints(ProvenanceCodec.write(each)));
    catalogues.forEach(each -> wire.addCatalogues(MetricsCodec.write(each)));
    state.checkpoints().forEach(each -> wire.addCheckpoints(write(each)));
    wire.addAllCompletions(state.completions());
    state
        .error()
        .map(error -> new RunEvent.RunFailed(error.step(), error.cause(), error.message()))
        .ifPresent(event -> wire.setError(RunEvents.write(at, event)));
    state.nonFinite().ifPresent(event -> wire.setNonFinite(AttemptEvents.write(at, event)));
    state.diverged().ifPresent(event -> wire.setDiverged(AttemptEvents.write(at, event)));
    state.seriesDigest().ifPresent(digest -> wire.setSeriesDigest(Digests.write(digest)));
    return wire.build().toByteArray();
  }

  /**
   * The state of some bytes.
   *
   * @throws CodecException when the bytes are not those of a state that this version writes
   */
  public static RunState decode(String manifest, ByteBuffer bytes) {
    if (!Manifest.read(manifest).name().equals(MANIFEST)) {
      throw CodecException.newer("unknown state " + manifest);
    }
    At at = At.event(MANIFEST);
    try {
      CodedInputStream in = CodedInputStream.newInstance(bytes);
      StateProto.RunState wire = StateProto.RunState.parser().parseFrom(in);
      in.checkLastTagWas(0);
      return read(at, wire);
    } catch (IOException e) {
      throw CodecException.damaged(at + " is damaged: " + e.getMessage());
    }
  }

  private static RunState read(At at, StateProto.RunState wire) {
    at.known(wire);
    at.has(wire.hasRecorded(), "recorded");
    at.has(wire.hasAnnotations(), "annotations");
    at.in("annotations").known(wire.getAnnotations());
    Optional<RunEvent.RunImported> imported =
        wire.hasImported()
            ? Optional.of(imported(at.in("imported"), wire.getImported()))
            : Optional.empty();
    return new RunState(
        imported.map(ImportedRun::standIn).or(() -> submission(at, wire)),
        imported,
        STATUSES.read(at, "status", wire.getStatus(), wire.getStatusValue()),
        at.count(wire.getSteps(), "steps"),
        RecordedCodec.read(at.in("recorded"), wire.getRecorded()),
        attempts(at, wire),
        checkpoints(at, wire),
        wire.getCompletionsList(),
        Annotations.of(RunEvents.read(at.in("annotations"), wire.getAnnotations())),
        wire.hasError()
            ? Optional.of(error(RunEvents.read(at.in("error"), wire.getError())))
            : Optional.empty(),
        wire.hasNonFinite()
            ? Optional.of(AttemptEvents.read(at.in("non_finite"), wire.getNonFinite()))
            : Optional.empty(),
        wire.hasDiverged()
            ? Optional.of(AttemptEvents.read(at.in("diverged"), wire.getDiverged()))
            : Optional.empty(),
        at.atLeast(0, wire.getRewinds(), "rewinds"),
        wire.getDeleted(),
        at.count(wire.getLastSequence(), "last_sequence"),
        at.count(wire.getEvents(), "events"),
        wire.hasSeriesDigest()
            ? Optional.of(Digests.read(at, "series_digest", wire.getSeriesDigest()))
            : Optional.empty());
  }

  private static Optional<RunEvent.RunSubmitted> submission(At at, StateProto.RunState wire) {
    return wire.hasSubmission()
        ? Optional.of(RunEvents.read(at.in("submission"), wire.getSubmission()))
        : Optional.empty();
  }

  private static RunEvent.RunImported imported(At at, EventsProto.RunImported wire) {
    at.known(wire);
    return RunEvents.read(at, wire);
  }

  private static RunError error(RunEvent.RunFailed failed) {
    return new RunError(failed.cause(), failed.message(), failed.step());
  }

  private static List<AttemptState> attempts(At at, StateProto.RunState wire) {
    List<Fingerprint> fingerprints = new ArrayList<>(wire.getFingerprintsCount());
    for (int i = 0; i < wire.getFingerprintsCount(); i++) {
      fingerprints.add(ProvenanceCodec.read(at.in("fingerprints", i), wire.getFingerprints(i)));
    }
    List<Catalogue> catalogues = new ArrayList<>(wire.getCataloguesCount());
    for (int i = 0; i < wire.getCataloguesCount(); i++) {
      catalogues.add(MetricsCodec.read(at.in("catalogues", i), wire.getCatalogues(i)));
    }
    List<AttemptState> attempts = new ArrayList<>(wire.getAttemptsCount());
    for (int i = 0; i < wire.getAttemptsCount(); i++) {
      attempts.add(
          AttemptCodec.read(at.in("attempts", i), wire.getAttempts(i), fingerprints, catalogues));
    }
    return attempts;
  }

  private static List<CheckpointState> checkpoints(At at, StateProto.RunState wire) {
    List<CheckpointState> checkpoints = new ArrayList<>(wire.getCheckpointsCount());
    for (int i = 0; i < wire.getCheckpointsCount(); i++) {
      StateProto.CheckpointState checkpoint = wire.getCheckpoints(i);
      At place = at.in("checkpoints", i);
      place.known(checkpoint);
      checkpoints.add(
          new CheckpointState(
              place.atLeast(1, checkpoint.getAttempt(), "attempt"),
              place.count(checkpoint.getStep(), "step"),
              place.count(checkpoint.getBytes(), "bytes"),
              Digests.read(place, "sha256", checkpoint.getSha256()),
              checkpoint.getValid()));
    }
    return checkpoints;
  }

  private static StateProto.CheckpointState write(CheckpointState checkpoint) {
    return StateProto.CheckpointState.newBuilder()
        .setAttempt(checkpoint.attempt())
        .setStep(checkpoint.step())
        .setBytes(checkpoint.bytes())
        .setSha256(Digests.write(checkpoint.sha256()))
        .setValid(checkpoint.valid())
        .build();
  }

  private static <T> int place(List<T> distinct, T value) {
    int place = distinct.indexOf(value);
    if (place < 0) {
      distinct.add(value);
      return distinct.size() - 1;
    }
    return place;
  }
}
