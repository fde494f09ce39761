package io.saltus.experiment.session;

import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.I64Column;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Gathers the values of a chunk, column by column, and notices where the run must end. */
final class FrameBuilder implements StepRecord {

  private final long first;
  private final List<Growing> columns = new ArrayList<>();
  private UntilProgress until;
  private long step;
  private boolean notFinite;

  FrameBuilder(Catalogue catalogue, Chunk chunk) {
    this.first = chunk.first();
    this.step = chunk.first();
    this.until = chunk.until();
    int capacity = (int) Math.min(1024, chunk.last() - chunk.first() + 1);
    for (MetricDescriptor metric : catalogue.metrics()) {
      columns.add(new Growing(metric, until.watches(metric.name()), capacity));
    }
  }

  void begin(long newStep) {
    step = newStep;
  }

  /** Whether the run ends after this step: a rule is met, or a deterministic value not finite. */
  boolean ended() {
    return notFinite || until.met().isPresent();
  }

  @Override
  public void f32(int metric, float value) {
    add(metric, ColumnKind.F32, Float.floatToRawIntBits(value), value);
  }

  @Override
  public void f64(int metric, double value) {
    add(metric, ColumnKind.F64, Double.doubleToRawLongBits(value), value);
  }

  @Override
  public void i64(int metric, long value) {
    add(metric, ColumnKind.I64, value, value);
  }

  MetricFrame build() {
    return new MetricFrame(
        first,
        step,
        columns.stream().filter(column -> column.size > 0).map(Growing::column).toList());
  }

  private void add(int metric, ColumnKind kind, long bits, double value) {
    Growing column = columns.get(metric);
    column.add(kind, step, bits);
    if (column.watched) {
      until = until.observe(column.name, step, value);
    }
    if (column.deterministic && !Double.isFinite(value)) {
      notFinite = true;
    }
  }

  /** A column whose values are kept as bits until its frame is built. */
  private static final class Growing {
    private final MetricName name;
    private final ColumnKind kind;
    private final boolean deterministic;
    private final boolean watched;
    private long[] steps;
    private long[] bits;
    private int size;

    Growing(MetricDescriptor metric, boolean watched, int capacity) {
      this.name = metric.name();
      this.kind = metric.kind();
      this.deterministic = metric.deterministic();
      this.watched = watched;
      this.steps = new long[capacity];
      this.bits = new long[capacity];
    }

    void add(ColumnKind given, long step, long value) {
      if (given != kind) {
        throw new IllegalArgumentException(name + " is " + kind + " and was given as " + given);
      }
      if (size == steps.length) {
        steps = Arrays.copyOf(steps, size * 2);
        bits = Arrays.copyOf(bits, size * 2);
      }
      steps[size] = step;
      bits[size++] = value;
    }

    Column column() {
      Steps at = Steps.of(Arrays.copyOf(steps, size));
      return switch (kind) {
        case F32 -> {
          float[] values = new float[size];
          for (int i = 0; i < size; i++) {
            values[i] = Float.intBitsToFloat((int) bits[i]);
          }
          yield new F32Column(name, at, values);
        }
        case F64 -> {
          double[] values = new double[size];
          for (int i = 0; i < size; i++) {
            values[i] = Double.longBitsToDouble(bits[i]);
          }
          yield new F64Column(name, at, values);
        }
        case I64 -> new I64Column(name, at, Arrays.copyOf(bits, size));
        case VECTOR, HISTOGRAM, ARTEFACT ->
            throw new IllegalStateException(name + " is no scalar and cannot be recorded by step");
      };
    }
  }
}
