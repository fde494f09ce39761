package io.saltus.app.json;

import io.saltus.experiment.spec.CheckpointPolicy;
import io.saltus.experiment.spec.Component;
import io.saltus.experiment.spec.Evaluation;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.MemorySize;
import io.saltus.experiment.spec.Placing;
import io.saltus.experiment.spec.SpecValue;
import io.saltus.experiment.spec.Study;
import io.saltus.experiment.spec.UntilRule;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** A spec as JSON with the keys of a spec file, so that the text is itself a spec. */
public final class SpecJson {

  private SpecJson() {}

  /** The keys of a spec file. */
  public static Consumer<Json> of(ExperimentSpec spec) {
    return json -> {
      json.put("experiment", spec.experiment());
      json.put("title", spec.title());
      json.object("task", component(spec.task()));
      json.object("model", component(spec.model()));
      json.object("optimizer", component(spec.optimizer()));
      json.put("batch-size", spec.batchSize());
      json.put("sampling", spec.sampling().text());
      json.put("steps", spec.steps());
      json.object(
          "seeds",
          seeds ->
              seeds
                  .put("data", spec.seeds().data())
                  .put("init", spec.seeds().init())
                  .put("order", spec.seeds().order())
                  .put("dropout", spec.seeds().dropout()));
      until(json, spec.until());
      json.object("evaluate", evaluate(spec.evaluate()));
      json.object("checkpoint", checkpoint(spec.checkpoint()));
      json.object("resume", resume -> resume.put("overlap", spec.resume().overlap()));
      json.object(
          "numerics",
          numerics ->
              numerics
                  .put("threads", spec.numerics().threads())
                  .put("isa", word(spec.numerics().isa())));
      json.put("device", spec.device());
      json.put("priority", spec.placing().priority());
      json.object("resources", resources(spec.placing()));
      json.put("isolation", word(spec.isolation()));
      json.put("on-divergence", word(spec.onDivergence()));
      spec.study()
          .ifPresentOrElse(
              study -> json.object("study", study(study)), () -> json.putNull("study"));
      json.object("plot", plot -> plot.put("log-steps", spec.plot().logSteps()));
    };
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void until(Json json, List<UntilRule> rules) {
    json.array("until", array -> rules.forEach(rule -> array.object(rule(rule))));
  }

  static Consumer<Json> rule(UntilRule rule) {
    return json ->
        json.put("metric", rule.metric().value())
            .put(word(rule.bound()), rule.level())
            .put("for-steps", rule.forSteps());
  }

  private static Consumer<Json> component(Component component) {
    return json -> {
      json.put("kind", component.kind());
      component.parameters().forEach((name, value) -> parameter(json.key(name), value));
    };
  }

  static void parameter(Json json, SpecValue value) {
    if (value instanceof SpecValue.Whole whole) {
      json.value(whole.value());
    } else if (value instanceof SpecValue.Real real) {
      json.value(real.value());
    } else if (value instanceof SpecValue.Flag flag) {
      json.value(flag.value());
    } else if (value instanceof SpecValue.Points points) {
      json.array(
          array ->
              points
                  .points()
                  .forEach(
                      point -> array.array(pair -> pair.add(point.step()).add(point.value()))));
    } else {
      json.value(value.canonical());
    }
  }

  private static Consumer<Json> evaluate(Evaluation evaluation) {
    return json -> {
      json.put("every", evaluation.every().text());
      json.object(
          "sets",
          sets ->
              evaluation
                  .sets()
                  .forEach(
                      (name, cadence) ->
                          sets.object(name, set -> set.put("every", cadence.text()))));
    };
  }

  private static Consumer<Json> checkpoint(CheckpointPolicy policy) {
    return json -> {
      json.put("every", policy.every().text()).put("keep-last", policy.keepLast());
      policy
          .keepEvery()
          .ifPresentOrElse(
              steps -> json.put("keep-every", steps), () -> json.putNull("keep-every"));
      policy
          .keepBest()
          .ifPresentOrElse(
              best ->
                  json.object(
                      "keep-best",
                      object ->
                          object
                              .put("metric", best.metric().value())
                              .put("mode", word(best.mode()))),
              () -> json.putNull("keep-best"));
    };
  }

  private static Consumer<Json> resources(Placing placing) {
    return json -> {
      json.put("kind", placing.kind().text());
      placing
          .count()
          .ifPresentOrElse(count -> json.put("count", count), () -> json.putNull("count"));
      placing
          .memoryBytes()
          .ifPresentOrElse(
              bytes -> json.put("memory", MemorySize.text(bytes)), () -> json.putNull("memory"));
    };
  }

  private static Consumer<Json> study(Study study) {
    return json -> {
      json.object(
          "axes",
          axes ->
              study
                  .axes()
                  .forEach(
                      (path, values) -> axes.array(path, array -> values.forEach(array::value))));
      json.array(
          "zip",
          zip -> study.zip().forEach(paths -> zip.array(group -> paths.forEach(group::value))));
      json.object(
          "when",
          when ->
              study
                  .when()
                  .forEach(
                      (path, condition) ->
                          when.object(
                              path,
                              others ->
                                  condition.forEach(
                                      (other, values) ->
                                          others.array(
                                              other, array -> values.forEach(array::value))))));
      json.array("seeds", seeds -> study.seeds().forEach(seeds::value));
      json.array(
          "expect",
          expect -> study.expect().forEach(expectation -> expect.value(expectation.text())));
    };
  }
}
