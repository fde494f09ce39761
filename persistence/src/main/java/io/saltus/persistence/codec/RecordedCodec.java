package io.saltus.persistence.codec;

import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.session.UntilProgress;
import io.saltus.experiment.spec.UntilRule;
import io.saltus.persistence.projection.Crossing;
import io.saltus.persistence.projection.MetricStats;
import io.saltus.persistence.projection.RecordedMetrics;
import io.saltus.persistence.projection.Scalar;
import io.saltus.proto.v1.StateProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What follows from frames, within a snapshot. */
final class RecordedCodec {

  private RecordedCodec() {}

  static StateProto.RecordedMetrics write(RecordedMetrics recorded) {
    StateProto.RecordedMetrics.Builder wire =
        StateProto.RecordedMetrics.newBuilder()
            .setStep(recorded.step())
            .setUntil(write(recorded.until()))
            .setStale(recorded.stale());
    recorded.metrics().forEach((name, stats) -> wire.addMetrics(write(name, stats)));
    for (Crossing crossing : recorded.crossings()) {
      wire.addCrossings(
          StateProto.Crossing.newBuilder()
              .setMetric(crossing.metric().value())
              .setLevelBits(Double.doubleToRawLongBits(crossing.level()))
              .setStep(crossing.step()));
    }
    return wire.build();
  }

  static RecordedMetrics read(At at, StateProto.RecordedMetrics wire) {
    at.known(wire);
    at.has(wire.hasUntil(), "until");
    SortedMap<MetricName, MetricStats> metrics = new TreeMap<>();
    for (int i = 0; i < wire.getMetricsCount(); i++) {
      At place = at.in("metrics", i);
      StateProto.MetricStats stats = wire.getMetrics(i);
      metrics.put(place.build(() -> new MetricName(stats.getName())), read(place, stats));
    }
    List<Crossing> crossings = new ArrayList<>(wire.getCrossingsCount());
    for (int i = 0; i < wire.getCrossingsCount(); i++) {
      At place = at.in("crossings", i);
      StateProto.Crossing crossing = wire.getCrossings(i);
      place.known(crossing);
      crossings.add(
          new Crossing(
              place.build(() -> new MetricName(crossing.getMetric())),
              Double.longBitsToDouble(crossing.getLevelBits()),
              place.count(crossing.getStep(), "step")));
    }
    return new RecordedMetrics(
        at.atLeast(RecordedMetrics.NO_STEP, wire.getStep(), "step"),
        metrics,
        crossings,
        read(at.in("until"), wire.getUntil()),
        wire.getStale());
  }

  private static StateProto.MetricStats write(MetricName name, MetricStats stats) {
    return StateProto.MetricStats.newBuilder()
        .setName(name.value())
        .setFirst(write(stats.first()))
        .setLast(write(stats.last()))
        .setMin(write(stats.min()))
        .setMax(write(stats.max()))
        .setFirstStep(stats.firstStep())
        .setLastStep(stats.lastStep())
        .setCount(stats.count())
        .build();
  }

  private static MetricStats read(At at, StateProto.MetricStats wire) {
    at.known(wire);
    return new MetricStats(
        read(at.in("first"), wire.getFirst()),
        read(at.in("last"), wire.getLast()),
        read(at.in("min"), wire.getMin()),
        read(at.in("max"), wire.getMax()),
        at.count(wire.getFirstStep(), "first_step"),
        at.count(wire.getLastStep(), "last_step"),
        at.atLeast(1, wire.getCount(), "count"));
  }

  private static StateProto.Scalar write(Scalar scalar) {
    return StateProto.Scalar.newBuilder()
        .setKind(ColumnCodec.KINDS.write(scalar.kind()))
        .setBits(scalar.bits())
        .build();
  }

  private static Scalar read(At at, StateProto.Scalar wire) {
    at.known(wire);
    return at.build(
        () ->
            new Scalar(
                ColumnCodec.KINDS.read(at, "kind", wire.getKind(), wire.getKindValue()),
                wire.getBits()));
  }

  static StateProto.UntilProgress write(UntilProgress progress) {
    StateProto.UntilProgress.Builder wire =
        StateProto.UntilProgress.newBuilder().addAllSince(progress.since());
    progress.rules().forEach(rule -> wire.addRules(SpecCodec.write(rule)));
    progress
        .met()
        .ifPresent(met -> wire.setMet(SpecCodec.write(met.rule())).setMetStep(met.step()));
    return wire.build();
  }

  static UntilProgress read(At at, StateProto.UntilProgress wire) {
    at.known(wire);
    at.check(
        wire.getSinceCount() == wire.getRulesCount(),
        "since",
        "has " + wire.getSinceCount() + " entries for " + wire.getRulesCount() + " rules");
    List<UntilRule> rules = new ArrayList<>(wire.getRulesCount());
    for (int i = 0; i < wire.getRulesCount(); i++) {
      rules.add(SpecCodec.read(at.in("rules", i), wire.getRules(i)));
    }
    return new UntilProgress(
        rules,
        wire.getSinceList(),
        wire.hasMet()
            ? Optional.of(
                new UntilProgress.Met(
                    SpecCodec.read(at.in("met"), wire.getMet()),
                    at.count(wire.getMetStep(), "met_step")))
            : Optional.empty());
  }
}
