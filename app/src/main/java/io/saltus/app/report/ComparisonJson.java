package io.saltus.app.report;

import io.saltus.actors.reexecution.Difference;
import io.saltus.app.json.Json;
import io.saltus.experiment.RunId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Several runs side by side as one JSON object. */
public final class ComparisonJson {

  private ComparisonJson() {}

  /** The object on one line. */
  public static String line(RunComparison comparison) {
    return Json.line(
        json -> {
          json.array("runs", runs -> comparison.runs().forEach(run -> runs.add(run.value())));
          differences(json, "spec", comparison.spec());
          differences(json, "inputs", comparison.inputs());
          differences(json, "environment", comparison.environment());
          json.array(
              "differences",
              all -> {
                for (int i = 0; i < comparison.divergences().size(); i++) {
                  RunId other = comparison.runs().get(i + 1);
                  Optional<Difference> found = comparison.divergences().get(i);
                  all.add(object -> difference(object, other, found));
                }
              });
          json.array(
              "crossings",
              all ->
                  comparison
                      .crossings()
                      .forEach(
                          (level, steps) ->
                              all.add(
                                  object -> {
                                    object.put("metric", level.metric().value());
                                    object.put("level", level.level());
                                    object.array("steps", list -> steps.forEach(list::addOrNull));
                                  })));
        });
  }

  private static void difference(Json object, RunId other, Optional<Difference> found) {
    object.put("run", other.value());
    found.ifPresentOrElse(
        first ->
            object
                .put("firstDifferingStep", first.step())
                .put("metric", first.subject())
                .put("first", first.recorded())
                .put("other", first.recomputed()),
        () -> object.putNull("firstDifferingStep"));
  }

  private static void differences(
      Json json, String key, Map<String, List<Optional<String>>> values) {
    json.array(
        key,
        all ->
            values.forEach(
                (path, row) ->
                    all.add(
                        object -> {
                          object.put("path", path);
                          object.array(
                              "values", list -> row.forEach(value -> list.add(value.orElse(null))));
                        })));
  }
}
