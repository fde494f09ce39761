package io.saltus.app.jumps;

import io.saltus.analysis.jump.MetricKind;
import io.saltus.analysis.jump.MetricSeries;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.Sampling;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.runs.RecordedFrame;
import io.saltus.persistence.runs.RunReader;
import io.saltus.persistence.runs.StepRange;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Series out of the journal as arrays: one pass over the frames, 16 bytes for each value. */
public final class RecordedSeries {

  private static final int FIRST_LENGTH = 1024;

  private final MetricName name;
  private double[] steps = new double[FIRST_LENGTH];
  private double[] values = new double[FIRST_LENGTH];
  private int size;

  private RecordedSeries(MetricName name) {
    this.name = name;
  }

  /** One series per name, in the order of the names; an empty one of what is not recorded. */
  public static List<MetricSeries> read(RunReader runs, RunState state, List<MetricName> names) {
    Map<MetricName, RecordedSeries> series = new LinkedHashMap<>();
    names.forEach(name -> series.put(name, new RecordedSeries(name)));
    Iterator<RecordedFrame> frames =
        runs.frames(state.run().orElseThrow(), new StepRange(0, state.step()));
    while (frames.hasNext()) {
      for (Column column : frames.next().frame().columns()) {
        RecordedSeries into = series.get(column.name());
        if (into != null && column instanceof ScalarColumn scalar) {
          into.add(scalar);
        }
      }
    }
    ExperimentSpec spec = state.submission().orElseThrow().spec();
    return series.values().stream().map(each -> each.series(spec)).toList();
  }

  private void add(ScalarColumn column) {
    if (size + column.size() > steps.length) {
      int length = Math.max(size + column.size(), Math.multiplyExact(steps.length, 2));
      steps = Arrays.copyOf(steps, length);
      values = Arrays.copyOf(values, length);
    }
    for (int place = 0; place < column.size(); place++) {
      steps[size] = column.steps().at(place);
      values[size++] = column.asDouble(place);
    }
  }

  private MetricSeries series(ExperimentSpec spec) {
    return new MetricSeries(
        name.value(),
        Arrays.copyOf(steps, size),
        Arrays.copyOf(values, size),
        MetricKind.of(name),
        evaluated(spec));
  }

  /** The spec tells how large a batch is, and nothing about the sets of a program. */
  private long evaluated(ExperimentSpec spec) {
    return name.value().startsWith("train.") && spec.sampling() != Sampling.FULL_BATCH
        ? spec.batchSize()
        : 0;
  }
}
