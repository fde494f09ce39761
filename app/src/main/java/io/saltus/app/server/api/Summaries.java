package io.saltus.app.server.api;

import io.saltus.app.json.Json;
import io.saltus.app.report.RunJson;
import io.saltus.app.report.RunPlot;
import io.saltus.app.report.RunSeries;
import io.saltus.app.report.Series;
import io.saltus.app.server.live.LiveRun;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AnalysisEvent.AnalysisCompleted;
import io.saltus.experiment.event.RunEvent.ForkOrigin;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.jump.Sharp;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.persistence.projection.Annotations;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
import io.saltus.persistence.projection.Scalar;
import io.saltus.persistence.runs.BesideStream;
import io.saltus.persistence.runs.StepRange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Runs at a glance. */
final class Summaries {

  private static final int SPARK_POINTS = 32;
  private static final int KEPT = 20_000;

  private final HomeReads reads;
  private final IndexedSeries indexed;
  private final Cache<RunId, Optional<List<Jump>>> jumps = new Cache<>(KEPT);
  private final Cache<RunId, String> sparks = new Cache<>(KEPT);

  Summaries(HomeReads reads, IndexedSeries indexed) {
    this.reads = reads;
    this.indexed = indexed;
  }

  /** One run on one line, without its picture. */
  String line(LiveRun run) {
    return Json.line(json -> fill(json, run));
  }

  /**
   * One run on one line.
   *
   * @param inTime whether there is time for its picture; one that is known is shown anyway
   */
  String withSpark(LiveRun run, boolean inTime) {
    return Json.line(
        json -> {
          fill(json, run);
          spark(run, inTime)
              .ifPresentOrElse(spark -> json.putRaw("spark", spark), () -> json.putNull("spark"));
        });
  }

  private void fill(Json json, LiveRun live) {
    RunState state = live.state();
    ExperimentSpec spec = state.submission().orElseThrow().spec();
    Annotations words = state.annotations();
    json.put("run", live.run())
        .put("experiment", spec.experiment())
        .put("status", reads.atWork().word(new RunId(live.run()), state.status()))
        .put("step", Math.max(0, state.step()))
        .put("steps", state.steps());
    if (state.imported().isPresent()) {
      json.putNull("seed");
    } else {
      json.put("seed", spec.seeds().init());
    }
    json.put("device", state.devices().isEmpty() ? null : state.devices().get(0).toString())
        .put("parent", state.parent().map(ForkOrigin::run).map(RunId::value).orElse(null))
        .put("study", studyOf(live.run()))
        .object("tags", tags -> words.tags().forEach(tags::put))
        .put("name", words.displayName().orElse(live.run()))
        .put("archived", words.archived())
        .put("submitted", live.submitted().toString())
        .put("lastOffset", live.lastOffset());
    number(json, "stepsPerSecond", live.stepsPerSecond());
    number(json, "etaSeconds", live.etaSeconds());
    jumps(json, jumps(live));
    json.object(
        "metrics",
        metrics ->
            state.recorded().metrics().forEach((name, stats) -> last(metrics, name, stats.last())));
    RunJson.error(json, state);
  }

  private static void last(Json json, MetricName name, Scalar value) {
    json.putNumber(name.value(), Double.isFinite(value.asDouble()), value.text());
  }

  private static void number(Json json, String key, OptionalDouble number) {
    if (number.isPresent()) {
      json.put(key, number.getAsDouble());
    } else {
      json.putNull(key);
    }
  }

  /** The runs of a study are called after it: {@code STUDY.N}. */
  private @Nullable String studyOf(String run) {
    int dot = run.lastIndexOf('.');
    String name = run.substring(0, Math.max(0, dot));
    return reads.feed().isStudy(name) ? name : null;
  }

  private static void jumps(Json json, Optional<List<Jump>> known) {
    known.ifPresentOrElse(
        jumps ->
            json.array(
                "jumps", all -> jumps.forEach(jump -> all.add(object -> jump(object, jump)))),
        () -> json.putNull("jumps"));
  }

  private static void jump(Json json, Jump jump) {
    json.put("metric", jump.metric()).put("kind", jump.kind().id());
    json.put("midpoint", jump.midpoint());
    if (jump.sharp() == Sharp.UNCERTAIN) {
      json.put("sharp", "uncertain");
    } else {
      json.put("sharp", jump.sharp() == Sharp.YES);
    }
  }

  private Optional<List<Jump>> jumps(LiveRun live) {
    if (live.analyses() == 0) {
      return Optional.empty();
    }
    RunId run = new RunId(live.run());
    return jumps.get(
        run,
        live.analyses(),
        () ->
            reads.read(
                open ->
                    open.runs()
                        .beside(run, BesideStream.ANALYSIS)
                        .last(AnalysisCompleted.class)
                        .map(AnalysisCompleted::jumps)));
  }

  private Optional<String> spark(LiveRun live, boolean inTime) {
    List<MetricName> main = RunPlot.main(live.state().recorded().metrics().keySet());
    if (main.isEmpty()) {
      return Optional.empty();
    }
    RunId run = new RunId(live.run());
    return inTime
        ? Optional.of(sparks.get(run, drawing(live), () -> drawn(live, main.get(main.size() - 1))))
        : sparks.known(run);
  }

  /** What a picture is of: while a run goes on, another one when it has become a little longer. */
  private static long drawing(LiveRun live) {
    RunState state = live.state();
    return state.status() == RunStatus.RUNNING
        ? -1 - (long) (2 * SPARK_POINTS * Math.log1p(Math.max(0, state.step())))
        : state.lastSequence();
  }

  private String drawn(LiveRun live, MetricName metric) {
    Series few = reads.read(open -> few(open, live, metric));
    return Json.line(
        json ->
            json.put("metric", metric.value())
                .array(
                    "values",
                    values -> {
                      for (int place = 0; place < few.size(); place++) {
                        Scalar value = few.value(place);
                        values.addNumber(Double.isFinite(value.asDouble()), value.text());
                      }
                    }));
  }

  private Series few(HomeReads.Open open, LiveRun live, MetricName metric) {
    return indexed
        .find(open.journal(), live, List.of(metric), StepRange.ALL, SPARK_POINTS)
        .map(found -> Series.of(metric, found.get(0).points()))
        .orElseGet(
            () ->
                Series.of(
                    metric,
                    new RunSeries(
                            List.of(metric),
                            StepRange.ALL,
                            OptionalInt.empty(),
                            OptionalLong.empty())
                        .thinned(open.runs(), new RunId(live.run()), SPARK_POINTS, Long.MAX_VALUE)
                        .get(0)
                        .points()));
  }
}
