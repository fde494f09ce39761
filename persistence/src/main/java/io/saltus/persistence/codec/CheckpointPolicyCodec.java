package io.saltus.persistence.codec;

import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.spec.CheckpointCadence;
import io.saltus.experiment.spec.CheckpointPolicy;
import io.saltus.proto.v1.SpecProto;
import java.util.Optional;

/** When checkpoints are taken and which are kept. */
final class CheckpointPolicyCodec {

  static final EnumTable<CheckpointPolicy.BestMode, SpecProto.BestMode> MODES =
      EnumTable.of(CheckpointPolicy.BestMode.class, SpecProto.BestMode.class, "BEST_MODE_");

  private CheckpointPolicyCodec() {}

  static SpecProto.CheckpointPolicy write(CheckpointPolicy policy) {
    SpecProto.CheckpointPolicy.Builder wire =
        SpecProto.CheckpointPolicy.newBuilder()
            .setEvery(policy.every().text())
            .setKeepLast(policy.keepLast());
    policy.keepEvery().ifPresent(wire::setKeepEvery);
    policy
        .keepBest()
        .ifPresent(
            best ->
                wire.setKeepBest(
                    SpecProto.KeepBest.newBuilder()
                        .setMetric(best.metric().value())
                        .setMode(MODES.write(best.mode()))));
    return wire.build();
  }

  static CheckpointPolicy read(At at, SpecProto.CheckpointPolicy wire) {
    at.known(wire);
    CheckpointCadence every = at.in("every").build(() -> CheckpointCadence.parse(wire.getEvery()));
    at.check(
        every.text().equals(wire.getEvery()),
        "every",
        "is written " + wire.getEvery() + ", not " + every.text());
    return new CheckpointPolicy(
        every,
        at.atLeast(1, wire.getKeepLast(), "keep_last"),
        wire.hasKeepEvery()
            ? Optional.of(at.atLeast(1, wire.getKeepEvery(), "keep_every"))
            : Optional.empty(),
        wire.hasKeepBest()
            ? Optional.of(read(at.in("keep_best"), wire.getKeepBest()))
            : Optional.empty());
  }

  private static CheckpointPolicy.KeepBest read(At at, SpecProto.KeepBest wire) {
    at.known(wire);
    return new CheckpointPolicy.KeepBest(
        at.in("metric").build(() -> new MetricName(wire.getMetric())),
        MODES.read(at, "mode", wire.getMode(), wire.getModeValue()));
  }
}
