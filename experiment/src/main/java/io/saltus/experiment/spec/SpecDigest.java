package io.saltus.experiment.spec;

import io.saltus.experiment.Sha256;
import io.saltus.experiment.spec.SpecSchema.Part;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The digest of what a run computes from: SHA-256 over {@code path=value\n}, in byte order of the
 * paths, of task, model, optimizer, batch-size, sampling, steps, until, evaluate, the four seeds
 * and numerics.
 *
 * <p>Left out are values at their default (so that a key added later changes no digest), the
 * cadence of an evaluation set that is {@code evaluate.every}, and paths of input (the digests of
 * their content stand beside the spec's). Numbers are written by {@link
 * io.saltus.experiment.ShortestDecimal}, so 5e-3 and 0.005 are one.
 */
public final class SpecDigest {

  private SpecDigest() {}

  /** The digest of a spec. */
  public static Sha256 of(ExperimentSpec spec, SpecSchema schema) {
    return Sha256.of(text(spec, schema).getBytes(StandardCharsets.UTF_8));
  }

  /** The text that is digested: lines of {@code path=value}, each ended by a line feed. */
  public static String text(ExperimentSpec spec, SpecSchema schema) {
    StringBuilder text = new StringBuilder();
    deviations(spec, schema)
        .forEach((path, value) -> text.append(path).append('=').append(value).append('\n'));
    return text.toString();
  }

  /** The digested values that are not at their default, by path. */
  public static NavigableMap<String, String> deviations(ExperimentSpec spec, SpecSchema schema) {
    TreeMap<String, String> entries = new TreeMap<>(SpecPaths.computed(spec));
    defaults(spec, schema).forEach(entries::remove);
    for (int i = 0; i < spec.until().size(); i++) {
      entries.remove("until." + i + ".for-steps", "1");
    }
    spec.evaluate()
        .sets()
        .forEach(
            (set, cadence) -> {
              if (cadence.equals(spec.evaluate().every())) {
                entries.remove("evaluate.sets." + set + ".every");
              }
            });
    for (Part part : Part.values()) {
      part.of(spec)
          .parameters()
          .keySet()
          .forEach(
              name -> {
                if (schema.isInputPath(part, spec, name)) {
                  entries.remove(part.key() + "." + name);
                }
              });
    }
    return Collections.unmodifiableNavigableMap(entries);
  }

  /** What a spec of these kinds has where it says nothing. */
  private static SortedMap<String, String> defaults(ExperimentSpec spec, SpecSchema schema) {
    ExperimentSpec plain =
        new ExperimentSpec(
            spec.experiment(),
            "",
            plain(Part.TASK, spec, schema),
            plain(Part.MODEL, spec, schema),
            plain(Part.OPTIMIZER, spec, schema),
            SpecDefaults.BATCH_SIZE,
            SpecDefaults.SAMPLING,
            SpecDefaults.STEPS,
            SpecDefaults.SEEDS,
            SpecDefaults.UNTIL,
            SpecDefaults.EVALUATE,
            spec.checkpoint(),
            spec.resume(),
            SpecDefaults.NUMERICS,
            spec.device(),
            spec.placing(),
            spec.isolation(),
            spec.onDivergence(),
            spec.study(),
            spec.plot());
    SortedMap<String, String> defaults = new TreeMap<>(SpecPaths.computed(plain));
    for (Part part : Part.values()) {
      defaults.put(part.key() + ".kind", part.fallback());
    }
    return defaults;
  }

  private static Component plain(Part part, ExperimentSpec spec, SpecSchema schema) {
    SortedMap<String, SpecValue> parameters = new TreeMap<>();
    schema
        .find(part, spec)
        .ifPresent(
            found ->
                found
                    .parameters()
                    .forEach(parameter -> parameters.put(parameter.name(), parameter.fallback())));
    return new Component(part.of(spec).kind(), parameters);
  }
}
