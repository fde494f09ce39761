package io.saltus.app.export;

import io.saltus.experiment.RunId;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.Scalar;
import io.saltus.persistence.runs.RecordedFrame;
import io.saltus.persistence.runs.RunReader;
import io.saltus.persistence.runs.StepRange;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs as CSV: {@code step,<metric>…}, one row per step that any metric has, empty where one has
 * nothing; with several runs their id in a first column. Names of runs and metrics hold nothing
 * that CSV would have to quote.
 */
public final class CsvExport implements RunExport<Appendable> {

  @Override
  public void write(RunReader runs, List<RunId> chosen, Appendable to) throws IOException {
    List<MetricName> metrics = metrics(runs, chosen);
    boolean several = chosen.size() > 1;
    StringBuilder heading = new StringBuilder(several ? "run,step" : "step");
    metrics.forEach(metric -> heading.append(',').append(metric));
    to.append(heading).append('\n');
    for (RunId run : chosen) {
      Iterator<RecordedFrame> frames = runs.frames(run, StepRange.ALL);
      while (frames.hasNext()) {
        rows(several ? run + "," : "", frames.next().frame(), metrics, to);
      }
    }
  }

  /** In the order of the catalogues, each once; those that only ancestors of a fork had at last. */
  private static List<MetricName> metrics(RunReader runs, List<RunId> chosen) {
    Set<MetricName> metrics = new LinkedHashSet<>();
    for (RunId run : chosen) {
      RunState state = runs.state(run);
      state.catalogue().map(Catalogue::metrics).orElse(List.of()).stream()
          .filter(metric -> metric.kind().isScalar())
          .map(MetricDescriptor::name)
          .forEach(metrics::add);
      metrics.addAll(state.recorded().metrics().keySet());
    }
    return List.copyOf(metrics);
  }

  private static void rows(String run, MetricFrame frame, List<MetricName> metrics, Appendable to)
      throws IOException {
    @Nullable ScalarColumn[] columns = new ScalarColumn[metrics.size()];
    for (Column column : frame.columns()) {
      int place = metrics.indexOf(column.name());
      if (place >= 0 && column instanceof ScalarColumn scalar) {
        columns[place] = scalar;
      }
    }
    int[] next = new int[columns.length];
    StringBuilder row = new StringBuilder();
    for (long step = first(columns, next); step != Long.MAX_VALUE; step = first(columns, next)) {
      row.setLength(0);
      row.append(run).append(step);
      for (int i = 0; i < columns.length; i++) {
        row.append(',');
        ScalarColumn column = columns[i];
        if (column != null && next[i] < column.size() && column.steps().at(next[i]) == step) {
          row.append(Scalar.of(column, next[i]++).text());
        }
      }
      to.append(row.append('\n'));
    }
  }

  private static long first(@Nullable ScalarColumn[] columns, int[] next) {
    long first = Long.MAX_VALUE;
    for (int i = 0; i < columns.length; i++) {
      ScalarColumn column = columns[i];
      if (column != null && next[i] < column.size()) {
        first = Math.min(first, column.steps().at(next[i]));
      }
    }
    return first;
  }
}
