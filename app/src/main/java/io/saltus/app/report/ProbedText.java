package io.saltus.app.report;

import io.saltus.app.text.Figures;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.HistogramColumn;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.experiment.metric.VectorColumn;
import java.util.List;

/** What was probed of a run, in a line per metric. */
public final class ProbedText {

  private ProbedText() {}

  /**
   * A metric, at how many steps it was probed, and for numbers from what to what they went.
   *
   * @param columns of the metric, in ascending steps
   */
  public static String line(MetricName metric, List<Column> columns) {
    if (columns.isEmpty()) {
      return metric + ": nothing recorded";
    }
    int steps = columns.stream().mapToInt(Column::size).sum();
    Column first = columns.get(0);
    Column last = columns.get(columns.size() - 1);
    String what = "values";
    String rest = "";
    if (first instanceof ScalarColumn begin && last instanceof ScalarColumn end) {
      rest =
          ", from %s to %s"
              .formatted(
                  Figures.real(begin.asDouble(0)), Figures.real(end.asDouble(end.size() - 1)));
    } else if (first instanceof HistogramColumn histogram) {
      what = "histograms";
      rest = " of %d bins".formatted(histogram.edges().length - 1);
    } else if (first instanceof VectorColumn vector) {
      what = "vectors";
      rest = " of %d numbers".formatted(vector.length());
    }
    return "%s: %s %s%s, steps %s to %s"
        .formatted(
            metric,
            Figures.whole(steps),
            what,
            rest,
            Figures.whole(first.steps().at(0)),
            Figures.whole(last.steps().at(last.size() - 1)));
  }
}
