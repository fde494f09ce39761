package io.saltus.persistence.codec;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.provenance.Fingerprint;
import io.saltus.persistence.projection.AttemptState;
import io.saltus.persistence.projection.RecordedMetrics;
import io.saltus.proto.v1.StateProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Attempts within a snapshot; what many of them share lies in lists beside them. */
final class AttemptCodec {

  private AttemptCodec() {}

  static StateProto.AttemptState write(AttemptState attempt, int fingerprint, int catalogue) {
    StateProto.AttemptState.Builder wire =
        StateProto.AttemptState.newBuilder()
            .setAttempt(attempt.attempt())
            .addAllDevices(attempt.devices().stream().map(DeviceId::toString).toList())
            .setFromStep(attempt.fromStep())
            .setFingerprint(fingerprint)
            .setCatalogue(catalogue)
            .setRecordedBefore(attempt.recordedBefore())
            .setLastStep(attempt.lastStep())
            .setCaughtUp(attempt.caughtUp());
    attempt
        .end()
        .ifPresent(
            end -> wire.setEnd(AttemptEvents.ENDS.write(end.cause())).setEndMessage(end.message()));
    return wire.build();
  }

  static AttemptState read(
      At at,
      StateProto.AttemptState wire,
      List<Fingerprint> fingerprints,
      List<Catalogue> catalogues) {
    at.known(wire);
    List<DeviceId> devices = new ArrayList<>(wire.getDevicesCount());
    for (int i = 0; i < wire.getDevicesCount(); i++) {
      String device = wire.getDevices(i);
      devices.add(at.in("devices", i).build(() -> DeviceId.parse(device)));
    }
    return new AttemptState(
        at.atLeast(1, wire.getAttempt(), "attempt"),
        devices,
        at.atLeast(RecordedMetrics.NO_STEP, wire.getFromStep(), "from_step"),
        pick(at, "fingerprint", fingerprints, wire.getFingerprint()),
        pick(at, "catalogue", catalogues, wire.getCatalogue()),
        at.atLeast(RecordedMetrics.NO_STEP, wire.getRecordedBefore(), "recorded_before"),
        at.atLeast(RecordedMetrics.NO_STEP, wire.getLastStep(), "last_step"),
        wire.getCaughtUp(),
        wire.hasEnd()
            ? Optional.of(
                new AttemptState.Ending(
                    AttemptEvents.ENDS.read(at, "end", wire.getEnd(), wire.getEndValue()),
                    wire.getEndMessage()))
            : Optional.empty());
  }

  private static <T> T pick(At at, String field, List<T> list, int place) {
    at.check(place >= 0 && place < list.size(), field, "is " + place + " of " + list.size());
    return list.get(place);
  }
}
