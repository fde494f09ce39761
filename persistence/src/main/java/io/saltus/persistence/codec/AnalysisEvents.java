package io.saltus.persistence.codec;

import io.saltus.experiment.event.AnalysisEvent;
import io.saltus.experiment.event.AnalysisEvent.AnalysisCompleted;
import io.saltus.experiment.event.AnalysisEvent.JumpDetected;
import io.saltus.experiment.event.AnalysisEvent.JumpSuspected;
import io.saltus.experiment.event.AnalysisEvent.JumpWithdrawn;
import io.saltus.experiment.event.AnalysisEvent.Parameter;
import io.saltus.experiment.jump.ChangePoint;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.jump.TestedSeries;
import io.saltus.experiment.metric.MetricName;
import io.saltus.proto.v1.BesideProto;
import java.util.ArrayList;
import java.util.List;

/** The events of analyses. */
final class AnalysisEvents {

  private AnalysisEvents() {}

  static EventTable<AnalysisEvent> table() {
    return new EventTable<AnalysisEvent>()
        .add(
            AnalysisCompleted.class,
            AnalysisEvents::write,
            BesideProto.AnalysisCompleted.parser(),
            AnalysisEvents::read)
        .add(
            JumpSuspected.class,
            AnalysisEvents::write,
            BesideProto.JumpSuspected.parser(),
            AnalysisEvents::read)
        .add(
            JumpDetected.class,
            AnalysisEvents::write,
            BesideProto.JumpDetected.parser(),
            AnalysisEvents::read)
        .add(
            JumpWithdrawn.class,
            AnalysisEvents::write,
            BesideProto.JumpWithdrawn.parser(),
            AnalysisEvents::read);
  }

  private static BesideProto.AnalysisCompleted write(At at, AnalysisCompleted event) {
    BesideProto.AnalysisCompleted.Builder wire =
        BesideProto.AnalysisCompleted.newBuilder()
            .setDetector(at.text(event.detector(), "detector"))
            .setVersion(at.atLeast(1, event.version(), "version"))
            .setUntilStep(at.count(event.untilStep(), "until_step"))
            .setUntilSequence(at.count(event.untilSequence(), "until_sequence"))
            .setCode(ProvenanceCodec.write(event.code()));
    for (int i = 0; i < event.parameters().size(); i++) {
      wire.addParameters(write(at.in("parameters", i), event.parameters().get(i)));
    }
    for (int i = 0; i < event.tested().size(); i++) {
      wire.addTested(JumpCodec.write(at.in("tested", i), event.tested().get(i)));
    }
    for (int i = 0; i < event.jumps().size(); i++) {
      wire.addJumps(JumpCodec.write(at.in("jumps", i), event.jumps().get(i)));
    }
    for (int i = 0; i < event.changePoints().size(); i++) {
      wire.addChangePoints(JumpCodec.write(at.in("change_points", i), event.changePoints().get(i)));
    }
    return wire.build();
  }

  private static AnalysisCompleted read(At at, BesideProto.AnalysisCompleted wire) {
    at.has(wire.hasDetector(), "detector");
    at.has(wire.hasVersion(), "version");
    at.has(wire.hasUntilStep(), "until_step");
    at.has(wire.hasUntilSequence(), "until_sequence");
    at.has(wire.hasCode(), "code");
    List<Parameter> parameters = new ArrayList<>();
    for (int i = 0; i < wire.getParametersCount(); i++) {
      parameters.add(read(at.in("parameters", i), wire.getParameters(i)));
    }
    List<TestedSeries> tested = new ArrayList<>();
    for (int i = 0; i < wire.getTestedCount(); i++) {
      tested.add(JumpCodec.read(at.in("tested", i), wire.getTested(i)));
    }
    List<Jump> jumps = new ArrayList<>();
    for (int i = 0; i < wire.getJumpsCount(); i++) {
      jumps.add(JumpCodec.read(at.in("jumps", i), wire.getJumps(i)));
    }
    List<ChangePoint> changePoints = new ArrayList<>();
    for (int i = 0; i < wire.getChangePointsCount(); i++) {
      changePoints.add(JumpCodec.read(at.in("change_points", i), wire.getChangePoints(i)));
    }
    return at.build(
        () ->
            new AnalysisCompleted(
                at.text(wire.getDetector(), "detector"),
                at.atLeast(1, wire.getVersion(), "version"),
                parameters,
                at.count(wire.getUntilStep(), "until_step"),
                at.count(wire.getUntilSequence(), "until_sequence"),
                tested,
                jumps,
                changePoints,
                ProvenanceCodec.read(at.in("code"), wire.getCode())));
  }

  private static BesideProto.AnalysisParameter write(At at, Parameter parameter) {
    return BesideProto.AnalysisParameter.newBuilder()
        .setName(at.text(parameter.name(), "name"))
        .setValue(parameter.value())
        .build();
  }

  private static Parameter read(At at, BesideProto.AnalysisParameter wire) {
    at.known(wire);
    at.has(wire.hasName(), "name");
    at.has(wire.hasValue(), "value");
    return new Parameter(at.text(wire.getName(), "name"), wire.getValue());
  }

  private static BesideProto.JumpSuspected write(At at, JumpSuspected event) {
    return BesideProto.JumpSuspected.newBuilder()
        .setDetector(at.text(event.detector(), "detector"))
        .setVersion(at.atLeast(1, event.version(), "version"))
        .setMetric(event.metric().value())
        .setStep(at.count(event.step(), "step"))
        .setChangeStep(at.count(event.changeStep(), "change_step"))
        .setStatisticBits(Reals.write(event.statistic()))
        .setRise(event.rise())
        .build();
  }

  private static JumpSuspected read(At at, BesideProto.JumpSuspected wire) {
    at.has(wire.hasDetector(), "detector");
    at.has(wire.hasVersion(), "version");
    at.has(wire.hasMetric(), "metric");
    at.has(wire.hasStep(), "step");
    at.has(wire.hasChangeStep(), "change_step");
    at.has(wire.hasRise(), "rise");
    double statistic =
        Reals.read(at, "statistic_bits", wire.hasStatisticBits(), wire.getStatisticBits());
    return at.build(
        () ->
            new JumpSuspected(
                at.text(wire.getDetector(), "detector"),
                at.atLeast(1, wire.getVersion(), "version"),
                new MetricName(wire.getMetric()),
                at.count(wire.getStep(), "step"),
                at.count(wire.getChangeStep(), "change_step"),
                statistic,
                wire.getRise()));
  }

  private static BesideProto.JumpDetected write(At at, JumpDetected event) {
    return BesideProto.JumpDetected.newBuilder()
        .setDetector(at.text(event.detector(), "detector"))
        .setVersion(at.atLeast(1, event.version(), "version"))
        .setMetric(event.metric().value())
        .setSuspectedStep(at.count(event.suspectedStep(), "suspected_step"))
        .setStep(at.count(event.step(), "step"))
        .setJump(JumpCodec.write(at.in("jump"), event.jump()))
        .build();
  }

  private static JumpDetected read(At at, BesideProto.JumpDetected wire) {
    at.has(wire.hasDetector(), "detector");
    at.has(wire.hasVersion(), "version");
    at.has(wire.hasMetric(), "metric");
    at.has(wire.hasSuspectedStep(), "suspected_step");
    at.has(wire.hasStep(), "step");
    at.has(wire.hasJump(), "jump");
    Jump jump = JumpCodec.read(at.in("jump"), wire.getJump());
    return at.build(
        () ->
            new JumpDetected(
                at.text(wire.getDetector(), "detector"),
                at.atLeast(1, wire.getVersion(), "version"),
                new MetricName(wire.getMetric()),
                at.count(wire.getSuspectedStep(), "suspected_step"),
                at.count(wire.getStep(), "step"),
                jump));
  }

  private static BesideProto.JumpWithdrawn write(At at, JumpWithdrawn event) {
    return BesideProto.JumpWithdrawn.newBuilder()
        .setDetector(at.text(event.detector(), "detector"))
        .setVersion(at.atLeast(1, event.version(), "version"))
        .setMetric(event.metric().value())
        .setSuspectedStep(at.count(event.suspectedStep(), "suspected_step"))
        .setStep(at.count(event.step(), "step"))
        .setReason(event.reason())
        .build();
  }

  private static JumpWithdrawn read(At at, BesideProto.JumpWithdrawn wire) {
    at.has(wire.hasDetector(), "detector");
    at.has(wire.hasVersion(), "version");
    at.has(wire.hasMetric(), "metric");
    at.has(wire.hasSuspectedStep(), "suspected_step");
    at.has(wire.hasStep(), "step");
    at.has(wire.hasReason(), "reason");
    return at.build(
        () ->
            new JumpWithdrawn(
                at.text(wire.getDetector(), "detector"),
                at.atLeast(1, wire.getVersion(), "version"),
                new MetricName(wire.getMetric()),
                at.count(wire.getSuspectedStep(), "suspected_step"),
                at.count(wire.getStep(), "step"),
                wire.getReason()));
  }
}
