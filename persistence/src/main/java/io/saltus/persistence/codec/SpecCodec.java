package io.saltus.persistence.codec;

import io.saltus.experiment.Seeds;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.spec.Cadence;
import io.saltus.experiment.spec.DeviceKind;
import io.saltus.experiment.spec.Evaluation;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.Isolation;
import io.saltus.experiment.spec.Numerics;
import io.saltus.experiment.spec.OnDivergence;
import io.saltus.experiment.spec.Placing;
import io.saltus.experiment.spec.Sampling;
import io.saltus.experiment.spec.UntilRule;
import io.saltus.proto.v1.SpecProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Resolved specs. */
final class SpecCodec {

  static final EnumTable<Sampling, SpecProto.Sampling> SAMPLINGS =
      EnumTable.of(Sampling.class, SpecProto.Sampling.class, "SAMPLING_");
  static final EnumTable<UntilRule.Bound, SpecProto.Bound> BOUNDS =
      EnumTable.of(UntilRule.Bound.class, SpecProto.Bound.class, "BOUND_");
  static final EnumTable<Numerics.Isa, SpecProto.Isa> ISAS =
      EnumTable.of(Numerics.Isa.class, SpecProto.Isa.class, "ISA_");
  static final EnumTable<Isolation, SpecProto.Isolation> ISOLATIONS =
      EnumTable.of(Isolation.class, SpecProto.Isolation.class, "ISOLATION_");
  static final EnumTable<OnDivergence, SpecProto.OnDivergence> DIVERGENCES =
      EnumTable.of(OnDivergence.class, SpecProto.OnDivergence.class, "ON_DIVERGENCE_");

  static final EnumTable<DeviceKind, SpecProto.DeviceKind> KINDS =
      EnumTable.of(DeviceKind.class, SpecProto.DeviceKind.class, "DEVICE_KIND_");

  private SpecCodec() {}

  static SpecProto.ResolvedSpec write(ExperimentSpec spec) {
    SpecProto.ResolvedSpec.Builder wire =
        SpecProto.ResolvedSpec.newBuilder()
            .setExperiment(spec.experiment())
            .setTitle(spec.title())
            .setTask(ComponentCodec.write(spec.task()))
            .setModel(ComponentCodec.write(spec.model()))
            .setOptimizer(ComponentCodec.write(spec.optimizer()))
            .setBatchSize(spec.batchSize())
            .setSampling(SAMPLINGS.write(spec.sampling()))
            .setSteps(spec.steps())
            .setSeeds(write(spec.seeds()))
            .setEvaluate(write(spec.evaluate()))
            .setCheckpoint(CheckpointPolicyCodec.write(spec.checkpoint()))
            .setResume(SpecProto.Resume.newBuilder().setOverlap(spec.resume().overlap()))
            .setNumerics(write(spec.numerics()))
            .setDevice(spec.device())
            .setIsolation(ISOLATIONS.write(spec.isolation()))
            .setOnDivergence(DIVERGENCES.write(spec.onDivergence()))
            .setPlot(SpecProto.Plot.newBuilder().setLogSteps(spec.plot().logSteps()));
    if (!spec.placing().equals(Placing.DEFAULT)) {
      wire.setPlacing(write(spec.placing()));
    }
    spec.until().forEach(rule -> wire.addUntil(write(rule)));
    spec.study().ifPresent(study -> wire.setStudy(StudyCodec.write(study)));
    return wire.build();
  }

  static ExperimentSpec read(At at, SpecProto.ResolvedSpec wire) {
    at.known(wire);
    at.has(wire.hasTask(), "task");
    at.has(wire.hasModel(), "model");
    at.has(wire.hasOptimizer(), "optimizer");
    at.has(wire.hasSeeds(), "seeds");
    at.has(wire.hasEvaluate(), "evaluate");
    at.has(wire.hasCheckpoint(), "checkpoint");
    at.has(wire.hasResume(), "resume");
    at.in("resume").known(wire.getResume());
    at.has(wire.hasNumerics(), "numerics");
    at.has(wire.hasPlot(), "plot");
    at.in("plot").known(wire.getPlot());
    List<UntilRule> until = new ArrayList<>(wire.getUntilCount());
    for (int i = 0; i < wire.getUntilCount(); i++) {
      until.add(read(at.in("until", i), wire.getUntil(i)));
    }
    return new ExperimentSpec(
        at.text(wire.getExperiment(), "experiment"),
        wire.getTitle(),
        ComponentCodec.read(at.in("task"), wire.getTask()),
        ComponentCodec.read(at.in("model"), wire.getModel()),
        ComponentCodec.read(at.in("optimizer"), wire.getOptimizer()),
        at.atLeast(1, wire.getBatchSize(), "batch_size"),
        SAMPLINGS.read(at, "sampling", wire.getSampling(), wire.getSamplingValue()),
        at.atLeast(1, wire.getSteps(), "steps"),
        read(at.in("seeds"), wire.getSeeds()),
        until,
        read(at.in("evaluate"), wire.getEvaluate()),
        CheckpointPolicyCodec.read(at.in("checkpoint"), wire.getCheckpoint()),
        new ExperimentSpec.Resume(at.atLeast(0, wire.getResume().getOverlap(), "resume.overlap")),
        read(at.in("numerics"), wire.getNumerics()),
        at.text(wire.getDevice(), "device"),
        wire.hasPlacing() ? read(at.in("placing"), wire.getPlacing()) : Placing.DEFAULT,
        ISOLATIONS.read(at, "isolation", wire.getIsolation(), wire.getIsolationValue()),
        DIVERGENCES.read(at, "on_divergence", wire.getOnDivergence(), wire.getOnDivergenceValue()),
        wire.hasStudy()
            ? Optional.of(StudyCodec.read(at.in("study"), wire.getStudy()))
            : Optional.empty(),
        new ExperimentSpec.Plot(wire.getPlot().getLogSteps()));
  }

  static SpecProto.UntilRule write(UntilRule rule) {
    return SpecProto.UntilRule.newBuilder()
        .setMetric(rule.metric().value())
        .setBound(BOUNDS.write(rule.bound()))
        .setLevelBits(Double.doubleToRawLongBits(rule.level()))
        .setForSteps(rule.forSteps())
        .build();
  }

  static UntilRule read(At at, SpecProto.UntilRule wire) {
    at.known(wire);
    return new UntilRule(
        at.in("metric").build(() -> new MetricName(wire.getMetric())),
        BOUNDS.read(at, "bound", wire.getBound(), wire.getBoundValue()),
        Double.longBitsToDouble(wire.getLevelBits()),
        at.atLeast(1, wire.getForSteps(), "for_steps"));
  }

  private static SpecProto.Placing write(Placing placing) {
    SpecProto.Placing.Builder wire =
        SpecProto.Placing.newBuilder()
            .setPriority(placing.priority())
            .setKind(KINDS.write(placing.kind()));
    placing.count().ifPresent(wire::setCount);
    placing.memoryBytes().ifPresent(wire::setMemoryBytes);
    return wire.build();
  }

  private static Placing read(At at, SpecProto.Placing wire) {
    at.known(wire);
    DeviceKind kind = KINDS.read(at, "kind", wire.getKind(), wire.getKindValue());
    return at.build(
        () ->
            new Placing(
                wire.getPriority(),
                kind,
                wire.hasCount() ? Optional.of(wire.getCount()) : Optional.empty(),
                wire.hasMemoryBytes() ? Optional.of(wire.getMemoryBytes()) : Optional.empty()));
  }

  private static SpecProto.Seeds write(Seeds seeds) {
    return SpecProto.Seeds.newBuilder()
        .setData(seeds.data())
        .setInit(seeds.init())
        .setOrder(seeds.order())
        .setDropout(seeds.dropout())
        .build();
  }

  private static Seeds read(At at, SpecProto.Seeds wire) {
    at.known(wire);
    return new Seeds(wire.getData(), wire.getInit(), wire.getOrder(), wire.getDropout());
  }

  private static SpecProto.Evaluation write(Evaluation evaluation) {
    SpecProto.Evaluation.Builder wire =
        SpecProto.Evaluation.newBuilder().setEvery(ComponentCodec.write(evaluation.every()));
    evaluation
        .sets()
        .forEach(
            (set, cadence) ->
                wire.addSets(
                    SpecProto.SetCadence.newBuilder()
                        .setSet(set)
                        .setCadence(ComponentCodec.write(cadence))));
    return wire.build();
  }

  private static Evaluation read(At at, SpecProto.Evaluation wire) {
    at.known(wire);
    at.has(wire.hasEvery(), "every");
    SortedMap<String, Cadence> sets = new TreeMap<>();
    for (int i = 0; i < wire.getSetsCount(); i++) {
      SpecProto.SetCadence set = wire.getSets(i);
      At place = at.in("sets", i);
      place.known(set);
      place.has(set.hasCadence(), "cadence");
      place.check(
          sets.isEmpty() || sets.lastKey().compareTo(set.getSet()) < 0,
          "set",
          "does not follow the one before in order: " + set.getSet());
      sets.put(set.getSet(), ComponentCodec.read(place.in("cadence"), set.getCadence()));
    }
    return new Evaluation(ComponentCodec.read(at.in("every"), wire.getEvery()), sets);
  }

  static SpecProto.Numerics write(Numerics numerics) {
    return SpecProto.Numerics.newBuilder()
        .setThreads(numerics.threads())
        .setIsa(ISAS.write(numerics.isa()))
        .build();
  }

  static Numerics read(At at, SpecProto.Numerics wire) {
    at.known(wire);
    return new Numerics(
        at.atLeast(1, wire.getThreads(), "threads"),
        ISAS.read(at, "isa", wire.getIsa(), wire.getIsaValue()));
  }
}
