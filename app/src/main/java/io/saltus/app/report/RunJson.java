package io.saltus.app.report;

import io.saltus.app.json.Json;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.RunEvent.RunImported;
import io.saltus.persistence.projection.Exactness;
import io.saltus.persistence.projection.MetricStats;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.Scalar;
import java.util.Locale;

/** A run as one JSON object. */
public final class RunJson {

  private RunJson() {}

  /** The object on one line. */
  public static String line(RunView view) {
    return Json.line(json -> fill(json, view));
  }

  /** The keys of the object. */
  public static void fill(Json json, RunView view) {
    RunState state = view.state();
    Exactness exactness = state.exactness();
    json.put("run", view.run());
    json.put("experiment", view.spec().experiment());
    json.put("status", view.status());
    json.put("step", view.step());
    json.put("steps", state.steps());
    if (view.imported().isPresent()) {
      json.putNull("seed").putNull("device");
    } else {
      json.put("seed", view.spec().seeds().init());
      json.put("device", view.device());
    }
    json.put("attempts", state.attempts().size());
    exactness
        .exact()
        .ifPresentOrElse(exact -> json.put("exact", exact), () -> json.putNull("exact"));
    json.put("exactReason", exactness.reason().orElse(null));
    json.put("digest", view.digest().get().map(Sha256::hex).orElse(null));
    json.put("events", state.events());
    json.put("lastSequence", state.lastSequence());
    metrics(json, state);
    view.jumps()
        .get()
        .ifPresentOrElse(jumps -> JumpsJson.jumps(json, jumps), () -> json.putNull("jumps"));
    history(json, state);
    words(json, state);
    error(json, state);
    view.imported().ifPresent(imported -> origin(json, imported, view));
  }

  /** Of an imported run only; what it was computed with is not known beyond this. */
  private static void origin(Json json, RunImported imported, RunView view) {
    json.putNull("spec");
    json.put("origin", imported.origin().name().toLowerCase(Locale.ROOT));
    json.put("open", view.isOpen());
    json.object("parameters", parameters -> imported.parameters().forEach(parameters::put));
  }

  private static void metrics(Json json, RunState state) {
    json.object(
        "metrics",
        metrics ->
            state
                .recorded()
                .metrics()
                .forEach(
                    (name, stats) -> metrics.object(name.value(), object -> stats(object, stats))));
    json.array(
        "crossings",
        crossings ->
            state
                .recorded()
                .crossings()
                .forEach(
                    crossing ->
                        crossings.add(
                            object ->
                                object
                                    .put("metric", crossing.metric().value())
                                    .put("level", crossing.level())
                                    .put("step", crossing.step()))));
  }

  private static void stats(Json json, MetricStats stats) {
    number(json, "first", stats.first());
    number(json, "last", stats.last());
    number(json, "min", stats.min());
    number(json, "max", stats.max());
    json.put("count", stats.count());
  }

  private static void number(Json json, String key, Scalar scalar) {
    json.putNumber(key, Double.isFinite(scalar.asDouble()), scalar.text());
  }

  private static void history(Json json, RunState state) {
    json.array(
        "checkpoints",
        checkpoints ->
            state
                .checkpoints()
                .forEach(
                    checkpoint ->
                        checkpoints.add(
                            object ->
                                object
                                    .put("step", checkpoint.step())
                                    .put("bytes", checkpoint.bytes())
                                    .put("sha256", checkpoint.sha256().hex())
                                    .put("valid", checkpoint.valid()))));
    state
        .parent()
        .ifPresentOrElse(
            origin ->
                json.object(
                    "parent",
                    parent -> parent.put("run", origin.run().value()).put("step", origin.step())),
            () -> json.putNull("parent"));
  }

  private static void words(Json json, RunState state) {
    json.object("tags", tags -> state.annotations().tags().forEach(tags::put));
    json.put("note", state.annotations().note().orElse(null));
    json.put("displayName", state.annotations().displayName().orElse(null));
    json.put("archived", state.annotations().archived());
  }

  /** What ended a run badly, as its key {@code error}; null when nothing did. */
  public static void error(Json json, RunState state) {
    state
        .error()
        .ifPresentOrElse(
            error ->
                json.object(
                    "error",
                    object ->
                        object
                            .put("cause", error.cause().text())
                            .put("message", error.message())
                            .put("step", Math.max(0, error.step()))),
            () -> json.putNull("error"));
  }
}
