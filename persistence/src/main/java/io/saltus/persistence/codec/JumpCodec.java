package io.saltus.persistence.codec;

import io.saltus.experiment.jump.ChangePoint;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.jump.JumpKind;
import io.saltus.experiment.jump.Sharp;
import io.saltus.experiment.jump.TestedSeries;
import io.saltus.experiment.metric.MetricName;
import io.saltus.proto.v1.BesideProto;
import java.util.Optional;

/** Jumps, change points, and what was found out about a series as a whole. */
final class JumpCodec {

  private static final EnumTable<JumpKind, BesideProto.JumpKind> KINDS =
      EnumTable.of(JumpKind.class, BesideProto.JumpKind.class, "JUMP_KIND_");
  private static final EnumTable<Sharp, BesideProto.Sharp> SHARP =
      EnumTable.of(Sharp.class, BesideProto.Sharp.class, "SHARP_");

  private JumpCodec() {}

  static BesideProto.Jump write(At at, Jump jump) {
    return BesideProto.Jump.newBuilder()
        .setMetric(metric(at, jump.metric()))
        .setKind(KINDS.write(jump.kind()))
        .setOnsetBits(Reals.write(jump.onset()))
        .setMidpointBits(Reals.write(jump.midpoint()))
        .setEndBits(Reals.write(jump.end()))
        .setOnsetInterval(JumpPartsCodec.write(jump.onsetInterval()))
        .setMidpointInterval(JumpPartsCodec.write(jump.midpointInterval()))
        .setEndInterval(JumpPartsCodec.write(jump.endInterval()))
        .setBeforeBits(Reals.write(jump.before()))
        .setAfterBits(Reals.write(jump.after()))
        .setDeltaBits(Reals.write(jump.delta()))
        .setDeltaInterval(JumpPartsCodec.write(jump.deltaInterval()))
        .setDecadesBits(Reals.write(jump.decades()))
        .setDecadesInterval(JumpPartsCodec.write(jump.decadesInterval()))
        .setSharp(SHARP.write(jump.sharp()))
        .setCensored(jump.censored())
        .setWidthIsBound(jump.widthIsBound())
        .setIsotonicDiffers(jump.isotonicDiffers())
        .setSharpnessBits(Reals.write(jump.sharpness()))
        .setNoiseBits(Reals.write(jump.noise()))
        .setPBits(Reals.write(jump.p()))
        .setQBits(Reals.write(jump.q()))
        .setBootstrap(JumpPartsCodec.write(at.in("bootstrap"), jump.bootstrap()))
        .setDelayBits(Reals.write(jump.delay()))
        .addAllCriteria(JumpPartsCodec.write(at, jump.criteria()))
        .setEvidence(jump.evidence())
        .build();
  }

  static Jump read(At at, BesideProto.Jump wire) {
    at.known(wire);
    at.has(wire.hasMetric(), "metric");
    at.has(wire.hasCensored(), "censored");
    at.has(wire.hasWidthIsBound(), "width_is_bound");
    at.has(wire.hasIsotonicDiffers(), "isotonic_differs");
    at.has(wire.hasBootstrap(), "bootstrap");
    at.has(wire.hasEvidence(), "evidence");
    return new Jump(
        metric(at, wire.getMetric()),
        KINDS.read(at, "kind", wire.getKind(), wire.getKindValue()),
        Reals.read(at, "onset_bits", wire.hasOnsetBits(), wire.getOnsetBits()),
        Reals.read(at, "midpoint_bits", wire.hasMidpointBits(), wire.getMidpointBits()),
        Reals.read(at, "end_bits", wire.hasEndBits(), wire.getEndBits()),
        JumpPartsCodec.read(at, "onset_interval", wire.hasOnsetInterval(), wire.getOnsetInterval()),
        JumpPartsCodec.read(
            at, "midpoint_interval", wire.hasMidpointInterval(), wire.getMidpointInterval()),
        JumpPartsCodec.read(at, "end_interval", wire.hasEndInterval(), wire.getEndInterval()),
        Reals.read(at, "before_bits", wire.hasBeforeBits(), wire.getBeforeBits()),
        Reals.read(at, "after_bits", wire.hasAfterBits(), wire.getAfterBits()),
        Reals.read(at, "delta_bits", wire.hasDeltaBits(), wire.getDeltaBits()),
        JumpPartsCodec.read(at, "delta_interval", wire.hasDeltaInterval(), wire.getDeltaInterval()),
        Reals.read(at, "decades_bits", wire.hasDecadesBits(), wire.getDecadesBits()),
        JumpPartsCodec.read(
            at, "decades_interval", wire.hasDecadesInterval(), wire.getDecadesInterval()),
        SHARP.read(at, "sharp", wire.getSharp(), wire.getSharpValue()),
        wire.getCensored(),
        wire.getWidthIsBound(),
        wire.getIsotonicDiffers(),
        Reals.read(at, "sharpness_bits", wire.hasSharpnessBits(), wire.getSharpnessBits()),
        Reals.read(at, "noise_bits", wire.hasNoiseBits(), wire.getNoiseBits()),
        Reals.read(at, "p_bits", wire.hasPBits(), wire.getPBits()),
        Reals.read(at, "q_bits", wire.hasQBits(), wire.getQBits()),
        JumpPartsCodec.read(at.in("bootstrap"), wire.getBootstrap()),
        Reals.read(at, "delay_bits", wire.hasDelayBits(), wire.getDelayBits()),
        JumpPartsCodec.read(at, wire.getCriteriaList()),
        wire.getEvidence());
  }

  static BesideProto.ChangePoint write(At at, ChangePoint change) {
    return BesideProto.ChangePoint.newBuilder()
        .setMetric(metric(at, change.metric()))
        .setStepBits(Reals.write(change.step()))
        .setDeltaBits(Reals.write(change.delta()))
        .setInterval(JumpPartsCodec.write(change.interval()))
        .setPBits(Reals.write(change.p()))
        .setQBits(Reals.write(change.q()))
        .setReason(change.reason())
        .addAllCriteria(JumpPartsCodec.write(at, change.criteria()))
        .build();
  }

  static ChangePoint read(At at, BesideProto.ChangePoint wire) {
    at.known(wire);
    at.has(wire.hasMetric(), "metric");
    at.has(wire.hasReason(), "reason");
    return new ChangePoint(
        metric(at, wire.getMetric()),
        Reals.read(at, "step_bits", wire.hasStepBits(), wire.getStepBits()),
        Reals.read(at, "delta_bits", wire.hasDeltaBits(), wire.getDeltaBits()),
        JumpPartsCodec.read(at, "interval", wire.hasInterval(), wire.getInterval()),
        Reals.read(at, "p_bits", wire.hasPBits(), wire.getPBits()),
        Reals.read(at, "q_bits", wire.hasQBits(), wire.getQBits()),
        wire.getReason(),
        JumpPartsCodec.read(at, wire.getCriteriaList()));
  }

  static BesideProto.TestedSeries write(At at, TestedSeries series) {
    BesideProto.TestedSeries.Builder wire =
        BesideProto.TestedSeries.newBuilder()
            .setMetric(metric(at, series.metric()))
            .setPBits(Reals.write(series.p()))
            .setQBits(Reals.write(series.q()))
            .setBootstrap(JumpPartsCodec.write(at.in("bootstrap"), series.bootstrap()))
            .setNoiseBits(Reals.write(series.noise()))
            .setAr1Bits(Reals.write(series.ar1()))
            .setEffectiveBits(Reals.write(series.effective()));
    series.noP().ifPresent(wire::setNoP);
    return wire.build();
  }

  static TestedSeries read(At at, BesideProto.TestedSeries wire) {
    at.known(wire);
    at.has(wire.hasMetric(), "metric");
    at.has(wire.hasBootstrap(), "bootstrap");
    return new TestedSeries(
        metric(at, wire.getMetric()),
        Reals.read(at, "p_bits", wire.hasPBits(), wire.getPBits()),
        Reals.read(at, "q_bits", wire.hasQBits(), wire.getQBits()),
        wire.hasNoP() ? Optional.of(wire.getNoP()) : Optional.empty(),
        JumpPartsCodec.read(at.in("bootstrap"), wire.getBootstrap()),
        Reals.read(at, "noise_bits", wire.hasNoiseBits(), wire.getNoiseBits()),
        Reals.read(at, "ar1_bits", wire.hasAr1Bits(), wire.getAr1Bits()),
        Reals.read(at, "effective_bits", wire.hasEffectiveBits(), wire.getEffectiveBits()));
  }

  private static String metric(At at, String name) {
    at.check(MetricName.isValid(name), "metric", "is no name of a metric: '" + name + "'");
    return name;
  }
}
