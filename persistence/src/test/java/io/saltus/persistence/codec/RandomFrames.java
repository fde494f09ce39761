package io.saltus.persistence.codec;

import io.saltus.experiment.Sha256;
import io.saltus.experiment.metric.ArtefactColumn;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.HistogramColumn;
import io.saltus.experiment.metric.I64Column;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import io.saltus.experiment.metric.VectorColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Frames of columns of any kind, with steps of any shape and values of any bits. */
final class RandomFrames {

  private static final List<ColumnKind> KINDS = List.of(ColumnKind.values());

  private RandomFrames() {}

  static MetricFrame of(Random random) {
    long from = random.nextInt(4) == 0 ? random.nextLong() >>> 2 : random.nextInt(10_000);
    int span = 1 + random.nextInt(60);
    List<Column> columns = new ArrayList<>();
    int count = random.nextInt(8);
    for (int i = 0; i < count; i++) {
      MetricName name = new MetricName("metric-" + i);
      ColumnKind kind = KINDS.get(random.nextInt(KINDS.size()));
      columns.add(column(random, name, kind, steps(random, from, span)));
    }
    return new MetricFrame(from, from + span - 1, columns);
  }

  private static Steps steps(Random random, long from, int span) {
    int every = 1 + random.nextInt(4);
    boolean regular = random.nextBoolean();
    List<Long> steps = new ArrayList<>();
    for (int i = random.nextInt(3); i < span; i += regular ? every : 1 + random.nextInt(9)) {
      steps.add(from + i);
    }
    return Steps.of(steps.stream().mapToLong(Long::longValue).toArray());
  }

  private static Column column(Random random, MetricName name, ColumnKind kind, Steps steps) {
    int width = 1 + random.nextInt(5);
    return switch (kind) {
      case F32 -> new F32Column(name, steps, floats(random, steps.size()));
      case F64 -> new F64Column(name, steps, doubles(random, steps.size()));
      case I64 -> new I64Column(name, steps, random.longs(steps.size()).toArray());
      case VECTOR -> new VectorColumn(name, steps, width, floats(random, steps.size() * width));
      case HISTOGRAM ->
          new HistogramColumn(
              name,
              steps,
              random.doubles(width + 1L).sorted().toArray(),
              random.longs((long) steps.size() * width).toArray());
      case ARTEFACT ->
          new ArtefactColumn(
              name, steps, random.longs(steps.size()).mapToObj(RandomFrames::artefact).toList());
    };
  }

  private static Sha256 artefact(long of) {
    return Sha256.of(Long.toString(of).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  private static float[] floats(Random random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = Float.intBitsToFloat(random.nextInt());
    }
    return values;
  }

  private static double[] doubles(Random random, int size) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = Double.longBitsToDouble(random.nextLong());
    }
    return values;
  }
}
