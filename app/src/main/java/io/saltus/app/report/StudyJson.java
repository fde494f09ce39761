package io.saltus.app.report;

import io.saltus.analysis.study.KaplanMeier;
import io.saltus.analysis.study.RunResults.Status;
import io.saltus.analysis.study.SeedBootstrap;
import io.saltus.analysis.study.Verdict;
import io.saltus.app.json.Json;
import io.saltus.app.study.CellSummary;
import io.saltus.app.study.StudyRun;
import io.saltus.app.study.StudyView;
import io.saltus.experiment.event.StudyEvent.StudyRested;
import io.saltus.experiment.jump.Interval;
import io.saltus.experiment.metric.MetricName;
import java.util.List;
import java.util.Locale;

/** Studies as lines of JSON. */
public final class StudyJson {

  private static final double[] LEVELS = {0.5, 0.9, 0.99};

  private StudyJson() {}

  /** A study in one line. */
  public static String line(StudyView view) {
    return Json.line(json -> fill(json, view));
  }

  /** The keys of a study. */
  public static void fill(Json json, StudyView view) {
    json.put("study", view.study().value())
        .put("experiment", view.spec().experiment())
        .put("status", view.status())
        .put("runs", view.runs())
        .put("completed", view.count(Status.COMPLETED))
        .put("failed", view.count(Status.FAILED))
        .put("reason", view.state().rest().map(StudyRested::reason).orElse(""));
    if (view.state().deviceHours().isPresent()) {
      json.put("deviceHours", view.state().deviceHours().getAsDouble());
    } else {
      json.putNull("deviceHours");
    }
    if (view.state().extension().isPresent()) {
      json.put("extension", view.state().extension().getAsLong());
    } else {
      json.putNull("extension");
    }
  }

  /** A cell in one line. */
  public static String line(CellSummary summary) {
    return Json.line(
        json ->
            json.object(
                    "axes",
                    axes -> summary.cell().axes().forEach((path, value) -> axes.put(path, value)))
                .put("n", summary.n())
                .put("failed", summary.failed())
                .put("unfinished", summary.cell().count(Status.UNFINISHED))
                .object(
                    "metrics",
                    metrics ->
                        summary
                            .metrics()
                            .forEach(
                                (name, estimate) ->
                                    metrics.object(name.value(), each -> estimate(each, estimate))))
                .array(
                    "crossings",
                    crossings ->
                        summary.metrics().keySet().stream()
                            .filter(MetricName::isAccuracy)
                            .forEach(name -> crossings(crossings, summary, name)))
                .array("runs", runs -> summary.cell().runs().forEach(run -> run(runs, run))));
  }

  private static void estimate(Json json, SeedBootstrap.Estimate estimate) {
    json.put("mean", estimate.value());
    interval(json, estimate.interval());
    json.put("n", estimate.n());
  }

  private static void interval(Json json, Interval interval) {
    if (Double.isNaN(interval.low())) {
      json.putNull("low").putNull("high");
    } else {
      json.put("low", interval.low()).put("high", interval.high());
    }
  }

  private static void crossings(Json crossings, CellSummary summary, MetricName name) {
    for (double level : LEVELS) {
      KaplanMeier waited = CellSummary.reaching(summary.cell(), name, level).orElse(null);
      if (waited != null) {
        crossings.add(
            json -> {
              json.put("metric", name.value()).put("level", level).put("median", waited.median());
              interval(json, waited.medianInterval());
              json.put("n", waited.n()).put("reached", waited.reached());
            });
      }
    }
  }

  private static void run(Json runs, StudyRun run) {
    runs.add(
        json ->
            json.put("seed", run.seed())
                .put("run", run.run().map(Object::toString).orElse(null))
                .put("status", run.word().orElse(null))
                .put("failure", run.failure().orElse(null))
                .put("step", (long) run.lastStep()));
  }

  /** Expectations, a line each. */
  public static List<String> lines(List<Verdict> verdicts) {
    return verdicts.stream()
        .map(
            verdict ->
                Json.line(
                    json -> {
                      json.put("expect", verdict.id())
                          .put("ok", verdict.outcome() == Verdict.Outcome.OK)
                          .put("evidence", verdict.evidence())
                          .put("title", verdict.title())
                          .put("outcome", verdict.outcome().name().toLowerCase(Locale.ROOT))
                          .put("estimate", verdict.estimate());
                      interval(json, verdict.interval());
                    }))
        .toList();
  }
}
