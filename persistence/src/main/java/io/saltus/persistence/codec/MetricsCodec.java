package io.saltus.persistence.codec;

import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.proto.v1.MetricsProto;
import java.util.ArrayList;
import java.util.List;

/** Frames and catalogues. */
final class MetricsCodec {

  private MetricsCodec() {}

  static MetricsProto.MetricFrame write(MetricFrame frame) {
    MetricsProto.MetricFrame.Builder wire =
        MetricsProto.MetricFrame.newBuilder().setFrom(frame.from()).setUntil(frame.until());
    for (Column column : frame.columns()) {
      wire.addColumns(ColumnCodec.write(column, frame.from()));
    }
    return wire.build();
  }

  static MetricFrame read(At at, MetricsProto.MetricFrame wire) {
    at.known(wire);
    at.has(wire.hasFrom(), "from");
    at.has(wire.hasUntil(), "until");
    at.count(wire.getFrom(), "from");
    at.count(wire.getUntil(), "until");
    List<Column> columns = new ArrayList<>(wire.getColumnsCount());
    for (int i = 0; i < wire.getColumnsCount(); i++) {
      columns.add(ColumnCodec.read(at.in("columns", i), wire.getColumns(i), wire.getFrom()));
    }
    return at.build(() -> new MetricFrame(wire.getFrom(), wire.getUntil(), columns));
  }

  static MetricsProto.Catalogue write(Catalogue catalogue) {
    MetricsProto.Catalogue.Builder wire = MetricsProto.Catalogue.newBuilder();
    for (MetricDescriptor metric : catalogue.metrics()) {
      wire.addMetrics(
          MetricsProto.MetricDescriptor.newBuilder()
              .setName(metric.name().value())
              .setSplit(metric.split())
              .setKind(ColumnCodec.KINDS.write(metric.kind()))
              .setWidth(metric.width())
              .setUnit(metric.unit())
              .setCadence(metric.cadence())
              .setDeterministic(metric.deterministic())
              .setAfterUpdate(metric.afterUpdate()));
    }
    return wire.build();
  }

  static Catalogue read(At at, MetricsProto.Catalogue wire) {
    at.known(wire);
    List<MetricDescriptor> metrics = new ArrayList<>(wire.getMetricsCount());
    for (int i = 0; i < wire.getMetricsCount(); i++) {
      metrics.add(read(at.in("metrics", i), wire.getMetrics(i)));
    }
    return at.build(() -> new Catalogue(metrics));
  }

  private static MetricDescriptor read(At at, MetricsProto.MetricDescriptor wire) {
    at.known(wire);
    ColumnKind kind = ColumnCodec.KINDS.read(at, "kind", wire.getKind(), wire.getKindValue());
    return at.build(
        () ->
            new MetricDescriptor(
                new MetricName(wire.getName()),
                wire.getSplit(),
                kind,
                wire.getWidth(),
                wire.getUnit(),
                wire.getCadence(),
                wire.getDeterministic(),
                wire.getAfterUpdate()));
  }
}
