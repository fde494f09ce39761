package io.saltus.app.json;

import io.saltus.experiment.RunId;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.HistogramColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What was probed of a run, as JSON: as metrics are shown, with the kind of the values. */
public final class ProbedJson {

  private ProbedJson() {}

  /**
   * One line per metric; histograms over other edges begin a line of their own.
   *
   * @param columns of one metric, in ascending steps
   */
  public static List<String> lines(RunId run, List<Column> columns) {
    List<String> lines = new ArrayList<>();
    int begin = 0;
    for (int i = 1; i <= columns.size(); i++) {
      if (i == columns.size() || !comparable(columns.get(begin), columns.get(i))) {
        lines.add(line(run, columns.subList(begin, i)));
        begin = i;
      }
    }
    return lines;
  }

  private static boolean comparable(Column one, Column two) {
    return !(one instanceof HistogramColumn first && two instanceof HistogramColumn second)
        || Arrays.equals(first.edges(), second.edges());
  }

  private static String line(RunId run, List<Column> columns) {
    Column first = columns.get(0);
    return Json.line(
        json -> {
          json.put("run", run.value())
              .put("metric", first.name().value())
              .put("kind", SpecJson.word(first.kind()));
          if (first instanceof HistogramColumn histogram) {
            json.array("edges", edges -> ColumnJson.doubles(edges, histogram.edges()));
          }
          json.array(
                  "steps",
                  steps ->
                      columns.forEach(column -> ColumnJson.longs(steps, column.steps().toArray())))
              .array("values", values -> columns.forEach(column -> add(values, column)));
        });
  }

  private static void add(Json values, Column column) {
    for (int place = 0; place < column.size(); place++) {
      ColumnJson.value(values, column, place);
    }
  }
}
