package io.saltus.persistence.codec;

import com.google.protobuf.ByteString;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.metric.ArtefactColumn;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.HistogramColumn;
import io.saltus.experiment.metric.I64Column;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import io.saltus.experiment.metric.VectorColumn;
import io.saltus.proto.v1.MetricsProto;
import java.util.ArrayList;
import java.util.List;

/** Columns of all kinds. */
final class ColumnCodec {

  static final EnumTable<ColumnKind, MetricsProto.ColumnKind> KINDS =
      EnumTable.of(ColumnKind.class, MetricsProto.ColumnKind.class, "COLUMN_KIND_");

  private ColumnCodec() {}

  static MetricsProto.Column write(Column column, long frameFrom) {
    MetricsProto.Column.Builder wire =
        MetricsProto.Column.newBuilder()
            .setName(column.name().value())
            .setKind(KINDS.write(column.kind()))
            .setSteps(StepsCodec.write(column.steps(), frameFrom));
    if (column instanceof F32Column f32) {
      wire.setValues(RawBits.write(f32.toArray()));
    } else if (column instanceof F64Column f64) {
      wire.setValues(RawBits.write(f64.toArray()));
    } else if (column instanceof I64Column i64) {
      wire.setValues(RawBits.write(i64.toArray()));
    } else if (column instanceof VectorColumn vector) {
      wire.setWidth(vector.length()).setValues(RawBits.write(vector.toArray()));
    } else if (column instanceof HistogramColumn histogram) {
      double[] edges = histogram.edges();
      wire.setWidth(edges.length - 1L).setEdges(RawBits.write(edges));
      for (long count : histogram.toArray()) {
        wire.addCounts(count);
      }
    } else if (column instanceof ArtefactColumn artefact) {
      wire.setValues(
          ByteString.copyFrom(artefact.artefacts().stream().map(Digests::write).toList()));
    } else {
      throw new IllegalArgumentException("no codec for a " + column.getClass().getSimpleName());
    }
    return wire.build();
  }

  static Column read(At at, MetricsProto.Column wire, long frameFrom) {
    at.known(wire);
    at.has(wire.hasSteps(), "steps");
    MetricName name = at.in("name").build(() -> new MetricName(wire.getName()));
    ColumnKind kind = KINDS.read(at, "kind", wire.getKind(), wire.getKindValue());
    boolean histogram = kind == ColumnKind.HISTOGRAM;
    at.check(
        histogram ? wire.getValues().isEmpty() : wire.getCountsCount() == 0,
        histogram ? "values" : "counts",
        "must be empty in a " + kind + " column");
    at.check(
        histogram || wire.getEdges().isEmpty(), "edges", "must be empty in a " + kind + " column");
    return switch (kind) {
      case F32 ->
          new F32Column(
              name, steps(at, wire, frameFrom, Float.BYTES), RawBits.floats(wire.getValues()));
      case F64 ->
          new F64Column(
              name, steps(at, wire, frameFrom, Double.BYTES), RawBits.doubles(wire.getValues()));
      case I64 ->
          new I64Column(
              name, steps(at, wire, frameFrom, Long.BYTES), RawBits.longs(wire.getValues()));
      case ARTEFACT ->
          new ArtefactColumn(
              name, steps(at, wire, frameFrom, Digests.BYTES), artefacts(at, wire.getValues()));
      case VECTOR -> vector(at, name, wire, frameFrom);
      case HISTOGRAM -> histogram(at, name, wire, frameFrom);
    };
  }

  private static Steps steps(At at, MetricsProto.Column wire, long frameFrom, int bytesEach) {
    at.check(wire.getWidth() == 0, "width", "is " + wire.getWidth() + " in a column without one");
    return StepsCodec.read(
        at.in("steps"),
        wire.getSteps(),
        frameFrom,
        divide(at, "values", wire.getValues().size(), bytesEach));
  }

  private static VectorColumn vector(
      At at, MetricName name, MetricsProto.Column wire, long frameFrom) {
    int width = width(at, wire);
    long numbers = divide(at, "values", wire.getValues().size(), Float.BYTES);
    Steps steps =
        StepsCodec.read(
            at.in("steps"), wire.getSteps(), frameFrom, divide(at, "values", numbers, width));
    return new VectorColumn(name, steps, width, RawBits.floats(wire.getValues()));
  }

  private static HistogramColumn histogram(
      At at, MetricName name, MetricsProto.Column wire, long frameFrom) {
    int width = width(at, wire);
    long edges = divide(at, "edges", wire.getEdges().size(), Double.BYTES);
    at.check(edges == width + 1L, "edges", "are " + edges + " for " + width + " bins");
    Steps steps =
        StepsCodec.read(
            at.in("steps"),
            wire.getSteps(),
            frameFrom,
            divide(at, "counts", wire.getCountsCount(), width));
    long[] counts = new long[wire.getCountsCount()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = wire.getCounts(i);
    }
    return at.build(
        () -> new HistogramColumn(name, steps, RawBits.doubles(wire.getEdges()), counts));
  }

  private static int width(At at, MetricsProto.Column wire) {
    at.check(
        wire.getWidth() >= 1 && wire.getWidth() <= Integer.MAX_VALUE,
        "width",
        "is " + wire.getWidth());
    return (int) wire.getWidth();
  }

  private static long divide(At at, String field, long size, int each) {
    at.check(size % each == 0, field, "have the size " + size + ", not a multiple of " + each);
    return size / each;
  }

  private static List<Sha256> artefacts(At at, ByteString values) {
    List<Sha256> artefacts = new ArrayList<>(values.size() / Digests.BYTES);
    for (int i = 0; i < values.size(); i += Digests.BYTES) {
      artefacts.add(Digests.read(at, "values", values.substring(i, i + Digests.BYTES)));
    }
    return artefacts;
  }
}
