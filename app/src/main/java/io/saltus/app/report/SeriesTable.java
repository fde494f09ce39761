package io.saltus.app.report;

import io.saltus.app.json.Json;
import io.saltus.persistence.projection.Scalar;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Several series as CSV, one row per step, or as JSON, one line per metric. */
public final class SeriesTable {

  private static final int LEAST_POINTS = 4;

  private SeriesTable() {}

  /**
   * CSV: a heading, then one row per step that any of the series has; empty where one has nothing.
   *
   * @param points how many rows at most, as long as that leaves four to each metric for its
   *     extremes; empty: all
   */
  public static void csv(List<Series> series, OptionalInt points, Consumer<String> out) {
    StringBuilder heading = new StringBuilder("step");
    series.forEach(each -> heading.append(',').append(each.metric()));
    out.accept(heading.toString());
    int each = share(points, series.size());
    LongStream kept =
        series.stream()
            .map(one -> points.isPresent() ? one.reduced(each) : one)
            .flatMapToLong(SeriesTable::steps);
    kept.sorted().distinct().forEach(step -> out.accept(row(series, step)));
  }

  /** JSON: the object of one metric. */
  public static String json(String run, Series series, OptionalInt points) {
    Series shown = points.isPresent() ? series.reduced(points.getAsInt()) : series;
    return Json.line(
        json ->
            json.put("run", run)
                .put("metric", shown.metric().value())
                .array("steps", steps -> steps(shown).forEach(steps::add))
                .array("values", values -> values(values, shown)));
  }

  private static int share(OptionalInt points, int series) {
    return points.isPresent()
        ? Math.max(
            Math.min(LEAST_POINTS, points.getAsInt()), points.getAsInt() / Math.max(1, series))
        : 0;
  }

  private static LongStream steps(Series series) {
    return IntStream.range(0, series.size()).mapToLong(series::step);
  }

  private static void values(Json json, Series series) {
    for (int place = 0; place < series.size(); place++) {
      Scalar value = series.value(place);
      json.addNumber(Double.isFinite(value.asDouble()), value.text());
    }
  }

  private static String row(List<Series> series, long step) {
    StringBuilder row = new StringBuilder().append(step);
    for (Series each : series) {
      int place = each.placeOf(step);
      row.append(',').append(place < 0 ? "" : each.value(place).text());
    }
    return row.toString();
  }
}
