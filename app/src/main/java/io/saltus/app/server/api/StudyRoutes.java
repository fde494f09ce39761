package io.saltus.app.server.api;

import io.saltus.analysis.jump.MetricSeries;
import io.saltus.analysis.study.ExpectationCheck;
import io.saltus.analysis.study.RunResults.Status;
import io.saltus.analysis.study.SeedBands;
import io.saltus.app.json.Json;
import io.saltus.app.report.JumpsJson;
import io.saltus.app.report.StudyJson;
import io.saltus.app.server.http.Answer;
import io.saltus.app.server.http.HttpProblem;
import io.saltus.app.study.CellSummary;
import io.saltus.app.study.SeriesMemory;
import io.saltus.app.study.StudyRun;
import io.saltus.app.study.StudyView;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.StudyEvent.StudyRested;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.spec.SpecSchema;
import io.saltus.persistence.projection.StudyState;
import io.saltus.persistence.studies.StudyReader;
import java.util.List;
import java.util.Map;

/** Studies in a list, one whole, and its bands over seeds. */
final class StudyRoutes {

  private static final int USUAL_LIMIT = 200;
  private static final int MOST = 1_000;
  private static final int USUAL_POINTS = 200;
  private static final int MOST_POINTS = 5_000;

  private final HomeReads reads;
  private final SeriesMemory memory = new SeriesMemory();

  StudyRoutes(HomeReads reads) {
    this.reads = reads;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
                "/api/v1/studies",
                "Studies in the order of their submission",
                this::list,
                Param.whole("limit", 1, MOST, "how many at most; 200 where nothing is said"),
                Cursor.param())
            .giving("StudyList")
            .doing(Route.Work.MUCH_READING),
        Route.get("/api/v1/studies/{study}", "A study whole: cells, expectations, runs", this::one)
            .giving("Study")
            .doing(Route.Work.MUCH_READING),
        Route.get(
                "/api/v1/studies/{study}/bands",
                "A metric over steps, summarised over the seeds of each cell",
                this::bands,
                Param.text("metric", "which").must(),
                Param.whole("points", 2, MOST_POINTS, "how many steps at most"))
            .giving("Bands")
            .doing(Route.Work.MUCH_READING));
  }

  private Answer list(Call call) {
    int limit = (int) call.parameters().whole("limit").orElse(USUAL_LIMIT);
    return reads.read(
        open -> {
          List<StudyReader.Entry> all = open.studies().list();
          List<String> names = all.stream().map(entry -> entry.study().value()).toList();
          int from = Cursor.begin(call.parameters(), names);
          int until = Math.min(names.size(), from + limit);
          return Answer.json(
              Json.line(
                  json -> {
                    json.array(
                        "studies",
                        array ->
                            all.subList(from, until)
                                .forEach(
                                    entry ->
                                        array.add(one -> head(one, view(open, entry.state())))));
                    json.put(
                            "next",
                            until < names.size() ? Cursor.at(until, names.get(until)) : null)
                        .put("total", names.size());
                  }));
        });
  }

  private StudyView view(HomeReads.Open open, StudyId study) {
    StudyState state = open.studies().state(study);
    if (!state.exists()) {
      throw Call.unknownStudy();
    }
    return view(open, state);
  }

  private StudyView view(HomeReads.Open open, StudyState state) {
    return StudyView.read(
        open.runs(), memory, state, SpecSchema.of(reads.programs()), reads.atWork());
  }

  private static void head(Json json, StudyView view) {
    StudyJson.fill(json, view);
    json.put("done", view.count(Status.COMPLETED));
    json.array("axes", axes -> view.plan().axes().keySet().forEach(axes::add));
  }

  private Answer one(Call call) {
    return answer(200, call.study());
  }

  /** A study whole. */
  Answer answer(int status, StudyId study) {
    return reads.read(open -> Answer.json(status, whole(view(open, study))));
  }

  private static String whole(StudyView view) {
    List<String> cells = view.cells().stream().map(CellSummary::of).map(StudyJson::line).toList();
    List<String> verdicts =
        StudyJson.lines(ExpectationCheck.all(view.plan().expect(), view.results()));
    return Json.line(
        json -> {
          json.put("study", view.study().value())
              .put("experiment", view.spec().experiment())
              .put("title", view.spec().title())
              .put("status", view.status())
              .put("reason", view.state().rest().map(StudyRested::reason).orElse(""))
              .put("total", view.runs())
              .put("done", view.count(Status.COMPLETED))
              .put("failed", view.count(Status.FAILED));
          json.object(
              "axes",
              axes ->
                  view.plan()
                      .axes()
                      .forEach(
                          (path, values) -> axes.array(path, array -> values.forEach(array::add))));
          json.array("cells", all -> cells.forEach(all::addRaw));
          json.array("expectations", all -> verdicts.forEach(all::addRaw));
          json.array(
              "runs",
              all ->
                  view.cells()
                      .forEach(
                          cell ->
                              cell.runs().forEach(run -> all.add(one -> fill(one, cell, run)))));
        });
  }

  private static void fill(Json json, StudyView.Cell cell, StudyRun run) {
    json.put("run", run.run().map(Object::toString).orElse(null));
    axes(json, cell.axes());
    json.put("seed", run.seed())
        .put("status", run.word().orElse(null))
        .put("step", (long) run.lastStep())
        .put("failure", run.failure().orElse(null));
    run.jumps().ifPresentOrElse(jumps -> JumpsJson.jumps(json, jumps), () -> json.putNull("jumps"));
  }

  private static void axes(Json json, Map<String, String> axes) {
    json.object("axes", object -> axes.forEach(object::put));
  }

  private Answer bands(Call call) {
    StudyId study = call.study();
    String name = call.parameters().text("metric").orElseThrow();
    if (!MetricName.isValid(name)) {
      throw HttpProblem.wrong("metric", "this cannot be the name of a metric");
    }
    MetricName metric = new MetricName(name);
    int points = (int) call.parameters().whole("points").orElse(USUAL_POINTS);
    return reads.read(
        open -> {
          StudyView view = view(open, study);
          return Answer.json(
              Json.line(
                  json ->
                      json.put("metric", metric.value())
                          .array(
                              "cells",
                              all ->
                                  view.cells()
                                      .forEach(
                                          cell ->
                                              all.add(one -> band(one, cell, metric, points))))));
        });
  }

  private static void band(Json json, StudyView.Cell cell, MetricName metric, int points) {
    List<MetricSeries> series =
        cell.runs().stream()
            .filter(run -> run.status() == Status.COMPLETED)
            .flatMap(run -> run.series(metric).stream())
            .toList();
    List<SeedBands.Point> band = SeedBands.over(series, points).points();
    axes(json, cell.axes());
    json.array("steps", all -> band.forEach(point -> all.add(point.step())));
    json.array("median", all -> band.forEach(point -> all.add(point.median())));
    json.array("low", all -> band.forEach(point -> all.add(point.min())));
    json.array("high", all -> band.forEach(point -> all.add(point.max())));
    json.array("lower", all -> band.forEach(point -> all.add(point.lower())));
    json.array("upper", all -> band.forEach(point -> all.add(point.upper())));
    json.put("n", series.size());
  }
}
