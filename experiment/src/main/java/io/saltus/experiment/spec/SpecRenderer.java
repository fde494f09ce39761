package io.saltus.experiment.spec;

import com.typesafe.config.ConfigUtil;
import io.saltus.experiment.Seeds;
import io.saltus.experiment.ShortestDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a spec, complete with its defaults, as HOCON that reads back to the same spec. */
public final class SpecRenderer {

  private final StringBuilder text = new StringBuilder();

  private SpecRenderer() {}

  /** The text, each line ended by a line feed. */
  public static String render(ExperimentSpec spec) {
    SpecRenderer renderer = new SpecRenderer();
    renderer.write(spec);
    return renderer.text.toString();
  }

  private void write(ExperimentSpec spec) {
    line("experiment", quote(spec.experiment()));
    line("title", quote(spec.title()));
    component("task", spec.task());
    component("model", spec.model());
    component("optimizer", spec.optimizer());
    line("batch-size", Integer.toString(spec.batchSize()));
    line("sampling", spec.sampling().text());
    line("steps", Long.toString(spec.steps()));
    seeds(spec);
    until(spec.until());
    evaluate(spec.evaluate());
    checkpoint(spec.checkpoint());
    line("resume", "{ overlap = " + spec.resume().overlap() + " }");
    line(
        "numerics",
        "{ threads = "
            + spec.numerics().threads()
            + ", isa = "
            + SpecBinder.written(spec.numerics().isa())
            + " }");
    line("device", quote(spec.device()));
    placing(spec.placing());
    line("isolation", SpecBinder.written(spec.isolation()));
    line("on-divergence", SpecBinder.written(spec.onDivergence()));
    spec.study().ifPresent(this::study);
    line("plot", "{ log-steps = " + spec.plot().logSteps() + " }");
  }

  private void component(String key, Component component) {
    text.append(key).append(" {\n  kind = ").append(component.kind()).append('\n');
    component
        .parameters()
        .forEach(
            (name, value) ->
                text.append("  ").append(name).append(" = ").append(value(value)).append('\n'));
    text.append("}\n");
  }

  private void seeds(ExperimentSpec spec) {
    Seeds seeds = spec.seeds();
    if (spec.study().isPresent()) {
      // Only those that the study leaves alone: the others must follow its seeds.
      line("seed", Long.toString(CellObjects.ownSeed(spec, spec.study().get())));
      CellObjects.seedsOf(spec).entrySet().stream()
          .filter(seed -> spec.study().get().held().contains(seed.getKey()))
          .forEach(seed -> line("seeds." + seed.getKey(), Long.toString(seed.getValue())));
      return;
    }
    if (seeds.equals(Seeds.of(seeds.data()))) {
      line("seed", Long.toString(seeds.data()));
      return;
    }
    line(
        "seeds",
        "{ data = "
            + seeds.data()
            + ", init = "
            + seeds.init()
            + ", order = "
            + seeds.order()
            + ", dropout = "
            + seeds.dropout()
            + " }");
  }

  private void until(List<UntilRule> rules) {
    if (rules.isEmpty()) {
      line("until", "null");
      return;
    }
    text.append("until = [\n");
    for (UntilRule rule : rules) {
      text.append("  { metric = ")
          .append(quote(rule.metric().value()))
          .append(", ")
          .append(SpecBinder.written(rule.bound()))
          .append(" = ")
          .append(ShortestDecimal.of(rule.level()))
          .append(", for-steps = ")
          .append(rule.forSteps())
          .append(" }\n");
    }
    text.append("]\n");
  }

  private void evaluate(Evaluation evaluate) {
    text.append("evaluate {\n  every = ").append(cadence(evaluate.every())).append('\n');
    for (Map.Entry<String, Cadence> set : evaluate.sets().entrySet()) {
      text.append("  sets.")
          .append(ConfigUtil.joinPath(set.getKey()))
          .append(".every = ")
          .append(cadence(set.getValue()))
          .append('\n');
    }
    text.append("}\n");
  }

  private void checkpoint(CheckpointPolicy policy) {
    text.append("checkpoint {\n  every = ")
        .append(quote(policy.every().text()))
        .append("\n  keep-last = ")
        .append(policy.keepLast())
        .append("\n  keep-every = ")
        .append(policy.keepEvery().map(String::valueOf).orElse("null"))
        .append("\n  keep-best = ")
        .append(policy.keepBest().map(SpecRenderer::best).orElse("null"))
        .append("\n}\n");
  }

  private void placing(Placing placing) {
    line("priority", Integer.toString(placing.priority()));
    // Its default follows the device, also one that a setting or an axis puts over this text.
    if (placing.kind() != Placing.DEFAULT.kind()) {
      line("resources.kind", placing.kind().text());
    }
    line("resources.count", placing.count().map(String::valueOf).orElse("null"));
    line(
        "resources.memory",
        placing.memoryBytes().map(bytes -> quote(MemorySize.text(bytes))).orElse("null"));
  }

  private static String best(CheckpointPolicy.KeepBest best) {
    return "{ metric = "
        + quote(best.metric().value())
        + ", mode = "
        + SpecBinder.written(best.mode())
        + " }";
  }

  private void study(Study study) {
    text.append("study {\n  axes {\n");
    study
        .axes()
        .forEach(
            (path, values) ->
                text.append("    ")
                    .append(quote(path))
                    .append(" = ")
                    .append(list(values))
                    .append('\n'));
    text.append("  }\n");
    if (!study.zip().isEmpty()) {
      text.append("  zip = [")
          .append(study.zip().stream().map(SpecRenderer::list).collect(Collectors.joining(", ")))
          .append("]\n");
    }
    study
        .when()
        .forEach(
            (path, condition) ->
                condition.forEach(
                    (other, values) ->
                        text.append("  when ")
                            .append("{ ")
                            .append(quote(path))
                            .append(" { ")
                            .append(quote(other))
                            .append(" = ")
                            .append(list(values))
                            .append(" } }\n")));
    String seeds = study.seeds().stream().map(String::valueOf).collect(Collectors.joining(", "));
    text.append("  seeds = [").append(seeds).append("]\n}\n");
    if (!study.expect().isEmpty()) {
      text.append("expect = [\n");
      study
          .expect()
          .forEach(expectation -> text.append("  ").append(expectation.text()).append('\n'));
      text.append("]\n");
    }
  }

  private static String list(List<String> texts) {
    return texts.stream().map(SpecRenderer::quote).collect(Collectors.joining(", ", "[", "]"));
  }

  private void line(String key, String value) {
    text.append(key).append(" = ").append(value).append('\n');
  }

  private static String cadence(Cadence cadence) {
    return cadence instanceof Cadence.Every ? cadence.text() : quote(cadence.text());
  }

  private static String value(SpecValue value) {
    return value instanceof SpecValue.Text ? quote(value.canonical()) : value.canonical();
  }

  private static String quote(String text) {
    return ConfigUtil.quoteString(text);
  }
}
