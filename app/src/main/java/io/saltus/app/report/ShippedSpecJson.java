package io.saltus.app.report;

import io.saltus.app.json.Json;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.ShippedSpec;
import io.saltus.experiment.spec.SpecReader;
import io.saltus.experiment.spec.SpecReading;
import java.util.List;
import java.util.Optional;

/** A shipped spec as one JSON object. */
public final class ShippedSpecJson {

  private ShippedSpecJson() {}

  /** The object on one line; without metrics where no program can train it. */
  public static String line(ShippedSpec shipped, List<Program> programs) {
    Optional<ExperimentSpec> spec = resolved(shipped, programs);
    return Json.line(
        json ->
            json.put("spec", shipped.name())
                .put("title", shipped.title())
                .put("study", spec.flatMap(ExperimentSpec::study).isPresent())
                .array(
                    "metrics",
                    array ->
                        spec.map(known -> metrics(known, programs))
                            .orElse(List.of())
                            .forEach(metric -> array.add(metric.value())))
                .putNull("seconds"));
  }

  /** The spec with all its defaults; empty where no program knows its kinds. */
  public static Optional<ExperimentSpec> resolved(ShippedSpec shipped, List<Program> programs) {
    return SpecReader.shippedOnly(programs).read(shipped.name(), List.of())
            instanceof SpecReading.Accepted accepted
        ? Optional.of(accepted.spec())
        : Optional.empty();
  }

  private static List<MetricName> metrics(ExperimentSpec spec, List<Program> programs) {
    return programs.stream()
        .filter(program -> program.supports(spec))
        .findFirst()
        .map(program -> program.metrics(spec))
        .orElse(List.of());
  }
}
