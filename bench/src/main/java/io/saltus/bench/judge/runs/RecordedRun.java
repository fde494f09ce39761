package io.saltus.bench.judge.runs;

import io.saltus.analysis.jump.MetricKind;
import io.saltus.analysis.jump.MetricSeries;
import io.saltus.experiment.RunId;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.Sampling;
import io.saltus.persistence.runs.RunEntry;
import io.saltus.persistence.runs.RunReader;
import io.saltus.persistence.runs.StepRange;
import java.util.Iterator;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A run as its journal tells it.
 *
 * @param series every accuracy and every loss
 */
record RecordedRun(RunId run, ExperimentSpec spec, List<MetricSeries> series) {

  RecordedRun {
    series = List.copyOf(series);
  }

  static RecordedRun read(RunReader runs, RunEntry entry) {
    ExperimentSpec spec = entry.state().submission().orElseThrow().spec();
    List<MetricSeries> series =
        entry.state().recorded().metrics().keySet().stream()
            .filter(name -> kind(name) != MetricKind.OTHER)
            .map(name -> series(runs, entry.run(), name, spec))
            .toList();
    return new RecordedRun(entry.run(), spec, series);
  }

  double weightDecay() {
    return Double.parseDouble(spec.paths().getOrDefault("optimizer.weight-decay", "0"));
  }

  private static MetricSeries series(
      RunReader runs, RunId run, MetricName name, ExperimentSpec spec) {
    DoubleStream.Builder steps = DoubleStream.builder();
    DoubleStream.Builder values = DoubleStream.builder();
    Iterator<ScalarColumn> columns = runs.series(run, name, StepRange.ALL);
    while (columns.hasNext()) {
      ScalarColumn column = columns.next();
      for (int i = 0; i < column.size(); i++) {
        steps.add(column.steps().at(i));
        values.add(column.asDouble(i));
      }
    }
    boolean isBatch = name.value().startsWith("train.") && spec.sampling() != Sampling.FULL_BATCH;
    return new MetricSeries(
        name.value(),
        steps.build().toArray(),
        values.build().toArray(),
        kind(name),
        isBatch ? spec.batchSize() : 0);
  }

  private static MetricKind kind(MetricName name) {
    if (name.isAccuracy()) {
      return MetricKind.ACCURACY;
    }
    boolean isLoss = name.value().equals("loss") || name.value().endsWith(".loss");
    return isLoss ? MetricKind.LOSS : MetricKind.OTHER;
  }
}
