package io.saltus.app.report;

import io.saltus.analysis.jump.SeriesResult;
import io.saltus.app.json.Json;
import io.saltus.app.jumps.RunAnalysis;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AnalysisEvent.AnalysisCompleted;
import io.saltus.experiment.event.AnalysisEvent.Parameter;
import io.saltus.experiment.jump.Bootstrap;
import io.saltus.experiment.jump.ChangePoint;
import io.saltus.experiment.jump.Criterion;
import io.saltus.experiment.jump.Interval;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.jump.Sharp;
import io.saltus.experiment.jump.TestedSeries;
import java.util.List;

/** Jumps as JSON. What there is no number for (no p-value, no interval, no delay) is null. */
public final class JumpsJson {

  private JumpsJson() {}

  /** One analysed run on one line. */
  public static String line(RunAnalysis analysis) {
    return line(
        analysis.run(),
        analysis.found().detector(),
        analysis.found().version(),
        analysis.parameters(),
        analysis.untilStep(),
        analysis.found().series().stream().map(SeriesResult::tested).toList(),
        analysis.found().jumps(),
        analysis.found().changePoints());
  }

  /** One analysis as it was journalled, on one line. */
  public static String line(RunId run, AnalysisCompleted analysis) {
    return line(
        run,
        analysis.detector(),
        analysis.version(),
        analysis.parameters(),
        analysis.untilStep(),
        analysis.tested(),
        analysis.jumps(),
        analysis.changePoints());
  }

  private static String line(
      RunId run,
      String detector,
      int version,
      List<Parameter> told,
      long untilStep,
      List<TestedSeries> series,
      List<Jump> jumps,
      List<ChangePoint> changes) {
    return Json.line(
        json -> {
          json.put("run", run.value());
          json.put("detector", detector);
          json.put("version", version);
          json.object(
              "parameters",
              parameters ->
                  told.forEach(each -> parameters.putNumber(each.name(), true, each.value())));
          json.put("untilStep", untilStep);
          json.array(
              "tested", tested -> series.forEach(each -> tested.add(object -> fill(object, each))));
          jumps(json, jumps);
          json.array(
              "changePoints",
              all -> changes.forEach(each -> all.add(object -> fill(object, each))));
        });
  }

  /** The key {@code jumps} with all of them. */
  public static void jumps(Json json, List<Jump> jumps) {
    json.array("jumps", all -> jumps.forEach(jump -> all.add(object -> fill(object, jump))));
  }

  private static void fill(Json json, Jump jump) {
    json.put("metric", jump.metric()).put("kind", jump.kind().id()).put("axis", "step");
    json.put("onset", jump.onset()).put("midpoint", jump.midpoint()).put("end", jump.end());
    interval(json, "onsetInterval", jump.onsetInterval());
    interval(json, "midpointInterval", jump.midpointInterval());
    interval(json, "endInterval", jump.endInterval());
    json.put("before", jump.before()).put("after", jump.after()).put("delta", jump.delta());
    interval(json, "deltaInterval", jump.deltaInterval());
    json.put("decades", jump.decades());
    interval(json, "decadesInterval", jump.decadesInterval());
    if (jump.sharp() == Sharp.UNCERTAIN) {
      json.put("sharp", "uncertain");
    } else {
      json.put("sharp", jump.sharp() == Sharp.YES);
    }
    json.put("censored", jump.censored());
    json.put("widthIsBound", jump.widthIsBound());
    json.put("isotonicDiffers", jump.isotonicDiffers());
    json.put("sharpness", jump.sharpness());
    json.put("noise", jump.noise());
    orNull(json, "p", jump.p());
    orNull(json, "q", jump.q());
    bootstrap(json, jump.bootstrap());
    orNull(json, "delay", jump.delay());
    criteria(json, jump.criteria());
    json.put("evidence", jump.evidence());
  }

  private static void fill(Json json, ChangePoint change) {
    json.put("metric", change.metric());
    json.put("step", change.step());
    json.put("delta", change.delta());
    interval(json, "interval", change.interval());
    orNull(json, "p", change.p());
    orNull(json, "q", change.q());
    json.put("reason", change.reason());
    criteria(json, change.criteria());
  }

  private static void fill(Json json, TestedSeries tested) {
    json.put("metric", tested.metric());
    orNull(json, "p", tested.p());
    orNull(json, "q", tested.q());
    json.put("reason", tested.noP().orElse(null));
    bootstrap(json, tested.bootstrap());
    json.put("noise", tested.noise());
    json.put("ar1", tested.ar1());
    json.put("effective", tested.effective());
  }

  private static void bootstrap(Json json, Bootstrap bootstrap) {
    json.object(
        "bootstrap",
        object ->
            object
                .put("replicates", bootstrap.replicates())
                .put("block", bootstrap.block())
                .put("seed", bootstrap.seed()));
  }

  private static void criteria(Json json, List<Criterion> criteria) {
    json.array(
        "criteria",
        all ->
            criteria.forEach(
                criterion ->
                    all.add(
                        object ->
                            object
                                .put("name", criterion.name())
                                .put("met", criterion.met())
                                .put("words", criterion.words()))));
  }

  private static void interval(Json json, String key, Interval interval) {
    if (Double.isNaN(interval.low()) || Double.isNaN(interval.high())) {
      json.putNull(key);
    } else {
      json.array(key, ends -> ends.add(interval.low()).add(interval.high()));
    }
  }

  private static void orNull(Json json, String key, double value) {
    if (Double.isNaN(value)) {
      json.putNull(key);
    } else {
      json.put(key, value);
    }
  }
}
