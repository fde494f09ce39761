package io.saltus.experiment.session;

import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricFrame;
import java.util.ArrayList;
import java.util.List;

/** Gathers the values of a chunk, column by column, and notices where the run must end. */
final class FrameBuilder implements StepRecord {

  private final long first;
  private final List<GrowingColumn> columns = new ArrayList<>();
  private UntilProgress until;
  private UntilProgress untilBefore;
  private long step;
  private boolean notFinite;

  FrameBuilder(Catalogue catalogue, Chunk chunk) {
    this.first = chunk.first();
    this.step = chunk.first();
    this.until = chunk.until();
    this.untilBefore = until;
    int capacity = (int) Math.min(1024, chunk.last() - chunk.first() + 1);
    for (MetricDescriptor metric : catalogue.metrics()) {
      columns.add(new GrowingColumn(metric, until.watches(metric.name()), capacity));
    }
  }

  void begin(long newStep) {
    step = newStep;
    untilBefore = until;
  }

  /** Forgets what was recorded of the step that was begun last. */
  void abandon() {
    columns.forEach(column -> column.drop(step));
    step--;
    until = untilBefore;
    notFinite = false;
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

  @Override
  public void vector(int metric, float[] values) {
    GrowingColumn column = columns.get(metric);
    column.addVector(step, values);
    if (column.deterministic()) {
      for (float value : values) {
        notFinite |= !Float.isFinite(value);
      }
    }
  }

  @Override
  public void histogram(int metric, double[] edges, long[] counts) {
    columns.get(metric).addHistogram(step, edges, counts);
  }

  MetricFrame build() {
    return new MetricFrame(
        first,
        step,
        columns.stream().filter(column -> !column.empty()).map(GrowingColumn::column).toList());
  }

  private void add(int metric, ColumnKind kind, long bits, double value) {
    GrowingColumn column = columns.get(metric);
    column.add(kind, step, bits);
    if (column.watched()) {
      until = until.observe(column.name(), step, value);
    }
    if (column.deterministic() && !Double.isFinite(value)) {
      notFinite = true;
    }
  }
}
