package io.saltus.experiment.session;

import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.HistogramColumn;
import io.saltus.experiment.metric.I64Column;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import io.saltus.experiment.metric.VectorColumn;
import java.util.Arrays;

/** A column whose values are kept as bits until its frame is built. */
final class GrowingColumn {

  private final MetricName name;
  private final ColumnKind kind;
  private final int width;
  private final boolean deterministic;
  private final boolean watched;
  private long[] steps;
  private long[] bits;
  private double[] edges = new double[0];
  private int size;

  /**
   * @param watched whether a rule looks at it
   * @param capacity steps it has room for at first
   */
  GrowingColumn(MetricDescriptor metric, boolean watched, int capacity) {
    this.name = metric.name();
    this.kind = metric.kind();
    this.width = metric.width();
    this.deterministic = metric.deterministic();
    this.watched = watched;
    this.steps = new long[capacity];
    this.bits = new long[kind.isScalar() ? capacity : 0];
  }

  MetricName name() {
    return name;
  }

  boolean deterministic() {
    return deterministic;
  }

  boolean watched() {
    return watched;
  }

  boolean empty() {
    return size == 0;
  }

  void add(ColumnKind given, long step, long value) {
    begin(given, step, 1);
    bits[size++] = value;
  }

  void addVector(long step, float[] values) {
    begin(ColumnKind.VECTOR, step, values.length);
    for (int i = 0; i < width; i++) {
      bits[size * width + i] = Float.floatToRawIntBits(values[i]);
    }
    size++;
  }

  void addHistogram(long step, double[] given, long[] counts) {
    begin(ColumnKind.HISTOGRAM, step, counts.length);
    if (size == 0) {
      edges = given.clone();
    } else if (!Arrays.equals(edges, given)) {
      throw new IllegalArgumentException(
          name + " has other edges at step " + step + " than before");
    }
    System.arraycopy(counts, 0, bits, size * width, width);
    size++;
  }

  /** Takes the value of a step away, if it is the last. */
  void drop(long step) {
    if (size > 0 && steps[size - 1] == step) {
      size--;
    }
  }

  Column column() {
    Steps at = Steps.of(Arrays.copyOf(steps, size));
    return switch (kind) {
      case F32 -> new F32Column(name, at, singles());
      case F64 -> {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
          values[i] = Double.longBitsToDouble(bits[i]);
        }
        yield new F64Column(name, at, values);
      }
      case I64 -> new I64Column(name, at, Arrays.copyOf(bits, size));
      case VECTOR -> new VectorColumn(name, at, width, singles());
      case HISTOGRAM -> new HistogramColumn(name, at, edges, Arrays.copyOf(bits, size * width));
      case ARTEFACT ->
          throw new IllegalStateException(name + " is a file and cannot be recorded by step");
    };
  }

  private void begin(ColumnKind given, long step, int values) {
    if (given != kind) {
      throw new IllegalArgumentException(name + " is " + kind + " and was given as " + given);
    }
    if (values != width) {
      throw new IllegalArgumentException(name + " is " + width + " wide and was given " + values);
    }
    if (size == steps.length) {
      steps = Arrays.copyOf(steps, size * 2);
    }
    if (Math.multiplyExact(size + 1, width) > bits.length) {
      bits = Arrays.copyOf(bits, Math.multiplyExact(Math.max(4, size * 2), width));
    }
    steps[size] = step;
  }

  private float[] singles() {
    float[] values = new float[size * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat((int) bits[i]);
    }
    return values;
  }
}
