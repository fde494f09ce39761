package io.saltus.app.server.api;

import io.saltus.app.json.Json;
import io.saltus.app.report.RunSeries;
import io.saltus.app.report.Series;
import io.saltus.app.report.SeriesTable;
import io.saltus.app.report.TooManyValuesException;
import io.saltus.app.server.http.Answer;
import io.saltus.app.server.http.HttpProblem;
import io.saltus.experiment.RunId;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricName;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.Scalar;
import io.saltus.persistence.runs.BesideStream;
import io.saltus.persistence.runs.StepRange;
import io.saltus.persistence.series.ThinnedSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Series of runs, as JSON, CSV or bytes. */
final class MetricRoutes {

  private static final int LEAST_POINTS = 4;
  private static final int MOST_POINTS = 10_000_000;

  private static final String CSV = "text/csv; charset=utf-8";

  private final HomeReads reads;
  private final IndexedSeries indexed;
  private final Tags tags;
  private final long most;

  /**
   * @param most how many values an answer may have, of all metrics together
   */
  MetricRoutes(HomeReads reads, IndexedSeries indexed, Tags tags, long most) {
    this.reads = reads;
    this.indexed = indexed;
    this.tags = tags;
    this.most = most;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
                "/api/v1/runs/{run}/metrics",
                "Series of a run: application/json, text/csv or " + SeriesBytes.TYPE,
                this::metrics,
                Param.texts("metric", "only this one; all that are single numbers otherwise"),
                Param.whole("from", 0, Long.MAX_VALUE, "the first step"),
                Param.whole(
                    "until",
                    0,
                    Long.MAX_VALUE,
                    "the last step, included: of today's history at a step"),
                Param.whole(
                    "points",
                    LEAST_POINTS,
                    MOST_POINTS,
                    "so many points a metric at most: first, last, least, greatest of stretches"),
                Param.whole("attempt", 1, Integer.MAX_VALUE, "what it recorded, superseded or not"),
                Param.whole(
                    "at-sequence", 1, Long.MAX_VALUE, "the history as known after an event"))
            .giving("Series")
            .givingAlso(CSV)
            .givingAlso(SeriesBytes.TYPE)
            .tagged()
            .doing(Route.Work.MUCH_READING));
  }

  /** A series, and how many values it had before some were left out. */
  record Shown(Series series, long total, Optional<String> unit) {}

  private Answer metrics(Call call) {
    RunId run = call.run();
    Parameters given = call.parameters();
    OptionalInt points =
        given.whole("points").isPresent()
            ? OptionalInt.of((int) given.whole("points").getAsLong())
            : OptionalInt.empty();
    Media media = Media.of(call.request());
    RunSeries wanted = wanted(given);
    return reads.read(
        open ->
            tags.of(open, run)
                .asFollowed()
                .and(BesideStream.PROBE)
                .and(media.name())
                .answer(call, () -> read(open, run, wanted, points, media))
                .with("Vary", "Accept"));
  }

  private Answer read(
      HomeReads.Open open, RunId run, RunSeries wanted, OptionalInt points, Media media) {
    if (media != Media.CSV && points.isPresent()) {
      Optional<IndexedSeries.Found> found =
          indexed.find(open.journal(), run, wanted, points.getAsInt());
      if (found.isPresent()) {
        return answer(
            media, run, found.get().offset(), shown(found.get().series(), found.get().state()));
      }
    }
    RunRoutes.require(open, run);
    try {
      return fromJournal(open, run, wanted, points, media);
    } catch (TooManyValuesException tooMany) {
      throw tooMany(tooMany);
    }
  }

  private Answer fromJournal(
      HomeReads.Open open, RunId run, RunSeries wanted, OptionalInt points, Media media) {
    long offset = open.journal().durableOffset();
    if (media == Media.CSV) {
      StringBuilder csv = new StringBuilder();
      SeriesTable.csv(
          wanted.read(open.runs(), run, most), points, row -> csv.append(row).append('\n'));
      return Answer.of(200, CSV, csv.toString());
    }
    RunState state = open.runs().state(run);
    List<Shown> shown =
        points.isPresent()
            ? shown(wanted.thinned(open.runs(), run, points.getAsInt(), most), state)
            : whole(wanted.read(open.runs(), run, most), state);
    return answer(media, run, offset, shown);
  }

  private static HttpProblem tooMany(TooManyValuesException tooMany) {
    HttpProblem problem =
        HttpProblem.of(
            413,
            "too-many-values",
            "The answer would be too large",
            tooMany.getMessage()
                + " in it. Ask for fewer points, for some metrics alone, or for a part of the steps:"
                + " points, metric, from, until; 'saltus export' writes everything.");
    problem.initCause(tooMany);
    return problem;
  }

  private static Answer answer(Media media, RunId run, long offset, List<Shown> shown) {
    return media == Media.SERIES
        ? SeriesBytes.answer(run, offset, shown)
        : Answer.json(line(run, offset, shown));
  }

  private static RunSeries wanted(Parameters given) {
    List<MetricName> names = new ArrayList<>();
    for (String name : given.all("metric")) {
      if (!MetricName.isValid(name)) {
        throw HttpProblem.wrong("metric", "this cannot be the name of a metric");
      }
      names.add(new MetricName(name));
    }
    StepRange range =
        new StepRange(given.whole("from").orElse(0), given.whole("until").orElse(Long.MAX_VALUE));
    if (range.until() < range.from()) {
      throw HttpProblem.wrong("until", "it lies before from");
    }
    OptionalLong attempt = given.whole("attempt");
    OptionalLong sequence = given.whole("at-sequence");
    if (attempt.isPresent() && sequence.isPresent()) {
      throw HttpProblem.wrong("attempt", "it stands beside at-sequence");
    }
    return new RunSeries(
        names,
        range,
        attempt.isPresent() ? OptionalInt.of((int) attempt.getAsLong()) : OptionalInt.empty(),
        sequence);
  }

  private static List<Shown> shown(List<ThinnedSeries> thinned, RunState state) {
    return thinned.stream()
        .map(
            each ->
                new Shown(
                    Series.of(each.metric(), each.points()),
                    each.total(),
                    unit(state, each.metric())))
        .toList();
  }

  private static List<Shown> whole(List<Series> series, RunState state) {
    return series.stream()
        .map(each -> new Shown(each, each.size(), unit(state, each.metric())))
        .toList();
  }

  private static Optional<String> unit(RunState state, MetricName metric) {
    return state
        .catalogue()
        .flatMap(catalogue -> catalogue.find(metric))
        .map(MetricDescriptor::unit)
        .filter(unit -> !unit.isEmpty());
  }

  private static String line(RunId run, long offset, List<Shown> shown) {
    return Json.line(
        json ->
            json.put("run", run.value())
                .put("offset", offset)
                .array("series", all -> shown.forEach(each -> all.add(one -> fill(one, each)))));
  }

  private static void fill(Json json, Shown shown) {
    Series series = shown.series();
    json.put("metric", series.metric().value());
    shown.unit().ifPresent(unit -> json.put("unit", unit));
    json.put("total", shown.total()).put("thinned", series.size() < shown.total());
    json.array(
        "steps",
        steps -> {
          for (int place = 0; place < series.size(); place++) {
            steps.add(series.step(place));
          }
        });
    json.array(
        "values",
        values -> {
          for (int place = 0; place < series.size(); place++) {
            Scalar value = series.value(place);
            values.addNumber(Double.isFinite(value.asDouble()), value.text());
          }
        });
  }
}
