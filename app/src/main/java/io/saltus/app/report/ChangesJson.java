package io.saltus.app.report;

import io.saltus.analysis.change.Change;
import io.saltus.analysis.change.ChangeReport;
import io.saltus.analysis.change.Segment;
import io.saltus.app.json.Json;

/** The changes of one column as JSON. */
public final class ChangesJson {

  private ChangesJson() {}

  /** The object of one file and column. */
  public static String line(ColumnChanges column) {
    ChangeReport report = column.report();
    return Json.line(
        json -> {
          json.put("file", column.file())
              .put("column", column.column())
              .put("n", column.rows())
              .put("missing", column.missing())
              .put("model", report.model().word());
          if (column.counted()) {
            json.putNull("penalty");
          } else {
            json.put("penalty", report.penalty());
          }
          json.array(
                  "changePoints",
                  points ->
                      report
                          .segmentation()
                          .changePoints()
                          .forEach(position -> points.add(column.row(position))))
              .array(
                  "changes",
                  changes ->
                      report
                          .changes()
                          .forEach(change -> changes.add(each -> fill(each, column, change))))
              .array(
                  "segments",
                  segments ->
                      report
                          .segments()
                          .forEach(segment -> segments.add(each -> fill(each, column, segment))))
              .put("cost", report.segmentation().cost())
              .put("penalisedCost", report.segmentation().penalisedCost())
              .put("noise", report.noise().deviation())
              .put("ar1", report.noise().ar1());
        });
  }

  private static void fill(Json json, ColumnChanges column, Change change) {
    json.put("position", column.row(change.position()))
        .put("index", column.index(change.position()).orElse(null))
        .array(
            "interval",
            interval ->
                interval.add(column.row(change.earliest())).add(column.row(change.latest())))
        .put("confidence", change.confidence());
  }

  private static void fill(Json json, ColumnChanges column, Segment segment) {
    json.put("from", column.from(segment))
        .put("until", column.until(segment))
        .put("mean", segment.mean())
        .put("sd", segment.deviation())
        .put("slope", segment.slope());
  }
}
