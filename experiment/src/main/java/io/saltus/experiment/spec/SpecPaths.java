package io.saltus.experiment.spec;

import io.saltus.experiment.Seeds;
import io.saltus.experiment.ShortestDecimal;
import io.saltus.experiment.spec.SpecSchema.Part;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A spec as canonical texts by path, one entry per scalar. */
final class SpecPaths {

  private final SortedMap<String, String> entries = new TreeMap<>();

  private SpecPaths() {}

  /** What a run computes from: the parts that the digest reads. */
  static SortedMap<String, String> computed(ExperimentSpec spec) {
    SpecPaths paths = new SpecPaths();
    for (Part part : Part.values()) {
      paths.component(part.key(), part.of(spec));
    }
    paths.put("batch-size", Integer.toString(spec.batchSize()));
    paths.put("sampling", spec.sampling().text());
    paths.put("steps", Long.toString(spec.steps()));
    paths.until(spec.until());
    paths.evaluate(spec.evaluate());
    paths.seeds(spec.seeds());
    paths.put("numerics.threads", Integer.toString(spec.numerics().threads()));
    paths.put("numerics.isa", SpecBinder.written(spec.numerics().isa()));
    return Collections.unmodifiableSortedMap(paths.entries);
  }

  /** Everything but what a study adds. */
  static SortedMap<String, String> all(ExperimentSpec spec) {
    SpecPaths paths = new SpecPaths();
    paths.entries.putAll(computed(spec));
    paths.put("experiment", spec.experiment());
    paths.put("title", spec.title());
    paths.checkpoint(spec.checkpoint());
    paths.put("resume.overlap", Integer.toString(spec.resume().overlap()));
    paths.put("device", spec.device());
    paths.placing(spec.placing());
    paths.put("isolation", SpecBinder.written(spec.isolation()));
    paths.put("on-divergence", SpecBinder.written(spec.onDivergence()));
    paths.put("plot.log-steps", Boolean.toString(spec.plot().logSteps()));
    return Collections.unmodifiableSortedMap(paths.entries);
  }

  private void component(String key, Component component) {
    put(key + ".kind", component.kind());
    component.parameters().forEach((name, value) -> put(key + "." + name, value.canonical()));
  }

  private void until(List<UntilRule> rules) {
    for (int i = 0; i < rules.size(); i++) {
      UntilRule rule = rules.get(i);
      put("until." + i + ".metric", rule.metric().value());
      put("until." + i + "." + SpecBinder.written(rule.bound()), ShortestDecimal.of(rule.level()));
      put("until." + i + ".for-steps", Long.toString(rule.forSteps()));
    }
  }

  private void evaluate(Evaluation evaluate) {
    put("evaluate.every", evaluate.every().text());
    evaluate
        .sets()
        .forEach((set, cadence) -> put("evaluate.sets." + set + ".every", cadence.text()));
  }

  private void checkpoint(CheckpointPolicy policy) {
    put("checkpoint.every", policy.every().text());
    put("checkpoint.keep-last", Integer.toString(policy.keepLast()));
    policy.keepEvery().ifPresent(steps -> put("checkpoint.keep-every", Long.toString(steps)));
    policy
        .keepBest()
        .ifPresent(
            best -> {
              put("checkpoint.keep-best.metric", best.metric().value());
              put("checkpoint.keep-best.mode", SpecBinder.written(best.mode()));
            });
  }

  private void placing(Placing placing) {
    put("priority", Integer.toString(placing.priority()));
    put("resources.kind", placing.kind().text());
    placing.count().ifPresent(count -> put("resources.count", Integer.toString(count)));
    placing.memoryBytes().ifPresent(bytes -> put("resources.memory", MemorySize.text(bytes)));
  }

  private void seeds(Seeds seeds) {
    put("seeds.data", Long.toString(seeds.data()));
    put("seeds.init", Long.toString(seeds.init()));
    put("seeds.order", Long.toString(seeds.order()));
    put("seeds.dropout", Long.toString(seeds.dropout()));
  }

  private void put(String path, String value) {
    entries.put(path, value);
  }
}
