package io.saltus.experiment.spec;

import com.typesafe.config.ConfigObject;
import io.saltus.experiment.RunId;
import io.saltus.experiment.Seeds;
import io.saltus.experiment.spec.SpecSchema.Part;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a resolved object into a spec, naming everything that is wrong with it. */
final class SpecBinder {

  private final SpecSchema schema;
  private final PathRules paths;
  private final Problems problems;

  SpecBinder(SpecSchema schema, PathRules paths, Problems problems) {
    this.schema = schema;
    this.paths = paths;
    this.problems = problems;
  }

  /**
   * The spec and its tags; only meaningful when no problem was found.
   *
   * @param top the file that problems of missing keys name
   */
  SpecReading.Accepted bind(ConfigObject object, String top) {
    return bind(object, top, new StudyBinder(schema));
  }

  /**
   * @param study reads the study, and knows afterwards where its values stand
   */
  SpecReading.Accepted bind(ConfigObject object, String top, StudyBinder study) {
    Section root = new Section("", object, problems);
    int before = problems.size();
    Map<Part, Component> parts = new ComponentBinder(schema, paths, problems).bind(root);
    boolean partsFit = problems.size() == before;
    RuleBinder rules = new RuleBinder(problems);
    String device = PlacingBinder.device(root);
    long seed = root.whole("seed", 0, SpecDefaults.MOST_SEED, SpecDefaults.SEED);
    ExperimentSpec spec =
        new ExperimentSpec(
            experiment(root, top),
            root.text("title", ""),
            component(parts, Part.TASK),
            component(parts, Part.MODEL),
            component(parts, Part.OPTIMIZER),
            (int)
                root.whole("batch-size", 1, SpecDefaults.MOST_BATCH_SIZE, SpecDefaults.BATCH_SIZE),
            sampling(root),
            root.whole("steps", 1, SpecDefaults.MOST_STEPS, SpecDefaults.STEPS),
            seeds(root, seed),
            rules.until(root),
            rules.evaluate(root),
            new CheckpointBinder(problems).checkpoint(root),
            resume(root),
            numerics(root),
            device,
            PlacingBinder.placing(root, device),
            isolation(root),
            onDivergence(root),
            study.study(root, seed),
            plot(root));
    SortedMap<String, String> tags = tags(root);
    root.close(List.copyOf(SpecPaths.all(spec).keySet()));
    if (partsFit) {
      new ProgramCheck(schema, problems, object).check(spec);
    }
    return new SpecReading.Accepted(spec, tags);
  }

  private String experiment(Section root, String top) {
    Optional<Found> found = root.find("experiment");
    if (found.isEmpty()) {
      problems.add(
          "experiment", "is missing; it names the question and begins the names of its runs", top);
      return "unnamed";
    }
    String name = root.text("experiment", "unnamed");
    if (!RunId.isValid(name) || name.length() > SpecDefaults.LONGEST_EXPERIMENT) {
      root.problem(
          "experiment",
          found.get(),
          Words.quote(name)
              + " is not 1 to "
              + SpecDefaults.LONGEST_EXPERIMENT
              + " of a-z 0-9 . _ - beginning with a letter or digit");
      return "unnamed";
    }
    return name;
  }

  private static Sampling sampling(Section root) {
    List<Sampling> samplings = List.of(Sampling.values());
    List<String> words = samplings.stream().map(Sampling::text).toList();
    return samplings.get(words.indexOf(root.word("sampling", words, SpecDefaults.SAMPLING.text())));
  }

  private static Seeds seeds(Section root, long seed) {
    Section section = root.section("seeds");
    Seeds seeds =
        new Seeds(
            section.whole("data", 0, SpecDefaults.MOST_SEED, seed),
            section.whole("init", 0, SpecDefaults.MOST_SEED, seed),
            section.whole("order", 0, SpecDefaults.MOST_SEED, seed),
            section.whole("dropout", 0, SpecDefaults.MOST_SEED, seed));
    section.close();
    return seeds;
  }

  private static ExperimentSpec.Resume resume(Section root) {
    Section section = root.section("resume");
    ExperimentSpec.Resume resume =
        new ExperimentSpec.Resume(
            (int)
                section.whole(
                    "overlap",
                    0,
                    SpecDefaults.MOST_OVERLAP,
                    ExperimentSpec.Resume.DEFAULT.overlap()));
    section.close();
    return resume;
  }

  private static Numerics numerics(Section root) {
    Section section = root.section("numerics");
    Numerics fallback = SpecDefaults.NUMERICS;
    Numerics numerics =
        new Numerics(
            (int) section.whole("threads", 1, SpecDefaults.MOST_THREADS, fallback.threads()),
            constant(section, "isa", fallback.isa()));
    section.close();
    return numerics;
  }

  private static Isolation isolation(Section root) {
    return constant(root, "isolation", Isolation.AUTO);
  }

  private static OnDivergence onDivergence(Section root) {
    return constant(root, "on-divergence", OnDivergence.FAIL);
  }

  private static ExperimentSpec.Plot plot(Section root) {
    Section section = root.section("plot");
    ExperimentSpec.Plot plot = new ExperimentSpec.Plot(section.flag("log-steps", false));
    section.close();
    return plot;
  }

  private static SortedMap<String, String> tags(Section root) {
    Section section = root.section("tags");
    SortedMap<String, String> tags = new TreeMap<>();
    section.entries().forEach((key, found) -> tags.put(key, section.text(key, "")));
    return tags;
  }

  private static Component component(Map<Part, Component> parts, Part part) {
    Component component = parts.get(part);
    return component == null ? new Component(part.fallback(), new TreeMap<>()) : component;
  }

  /** An enum constant written in lower case with dashes. */
  static <E extends Enum<E>> E constant(Section section, String key, E fallback) {
    E[] constants = fallback.getDeclaringClass().getEnumConstants();
    List<String> words = Arrays.stream(constants).map(SpecBinder::written).toList();
    return constants[words.indexOf(section.word(key, words, written(fallback)))];
  }

  static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
