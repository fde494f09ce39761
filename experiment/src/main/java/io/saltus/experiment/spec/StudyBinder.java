package io.saltus.experiment.spec;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** Reads {@code study} and {@code expect}. */
final class StudyBinder {

  private static final int MOST_SEEDS = 1000;

  private final SpecSchema schema;
  private final Map<String, List<ConfigOrigin>> origins = new TreeMap<>();

  StudyBinder(SpecSchema schema) {
    this.schema = schema;
  }

  /**
   * @param specSeed the seed of the random axes where the study has none of its own
   */
  Optional<Study> study(Section root, long specSeed) {
    ExpectBinder expectations = new ExpectBinder();
    Optional<Found> found = root.find("study").filter(given -> !given.is(ConfigValueType.NULL));
    if (found.isEmpty()) {
      expectations.refuse(root);
      return Optional.empty();
    }
    Section section = root.section("study", found.get());
    long seed = section.whole("seed", 0, SpecDefaults.MOST_SEED, specSeed);
    SortedMap<String, List<String>> axes = new TreeMap<>();
    new AxisBinder(schema, seed)
        .axes(section)
        .forEach(
            (path, axis) -> {
              axes.put(path, axis.values());
              origins.put(path, axis.origins());
            });
    Study study =
        new Study(
            axes,
            zip(section, axes),
            when(section, axes),
            seeds(section),
            held(root),
            expectations.expect(root, axes));
    section.close();
    circle(section, study);
    return Optional.of(study);
  }

  /** Where the values of the axes stand, after the study was read. */
  Map<String, List<ConfigOrigin>> origins() {
    return origins;
  }

  private static SortedSet<String> held(Section root) {
    return root.find("seeds")
        .flatMap(Found::object)
        .<SortedSet<String>>map(object -> new TreeSet<>(object.keySet()))
        .orElse(new TreeSet<>());
  }

  private static void circle(Section section, Study study) {
    try {
      StudyLattice.of(study);
    } catch (IllegalArgumentException e) {
      section
          .find("when")
          .ifPresent(found -> section.problem("when", found, String.valueOf(e.getMessage())));
    }
  }

  /** A path among the axes, or nothing with a problem. */
  static Optional<String> axis(
      Section section, String key, Found found, String written, Set<String> axes) {
    String path = AxisBinder.split(written).map(ConfigUtil::joinPath).orElse(written);
    if (!axes.contains(path)) {
      section.problem(key, found, Words.unknown("axis", path, axes));
      return Optional.empty();
    }
    return Optional.of(path);
  }

  /** Conditions on axes: for each path a value or a list of values that the axis has. */
  static SortedMap<String, List<String>> selection(
      Section section, SortedMap<String, List<String>> axes) {
    SortedMap<String, List<String>> selection = new TreeMap<>();
    for (Map.Entry<String, Found> entry : section.entries().entrySet()) {
      axis(section, entry.getKey(), entry.getValue(), entry.getKey(), axes.keySet())
          .ifPresent(
              path ->
                  selection.put(
                      path,
                      chosen(
                          section,
                          entry.getKey(),
                          entry.getValue(),
                          axes.getOrDefault(path, List.of()))));
    }
    return selection;
  }

  private static List<String> chosen(
      Section section, String key, Found found, List<String> values) {
    List<ConfigValue> given =
        found.list().<List<ConfigValue>>map(List::copyOf).orElse(List.of(found.value()));
    if (given.isEmpty()) {
      section.wrongKind(key, found, "values of the axis");
    }
    List<String> chosen = new ArrayList<>();
    for (ConfigValue value : given) {
      value(section, key, new Found(value), values).ifPresent(chosen::add);
    }
    return chosen;
  }

  /** A value that an axis has. */
  static Optional<String> value(Section section, String key, Found found, List<String> values) {
    Optional<String> text = AxisBinder.canonical(found);
    if (text.isEmpty()) {
      section.wrongKind(key, found, "a value of the axis");
      return Optional.empty();
    }
    if (!values.contains(text.get())) {
      // The nearest of numbers would be nearest by their digits, which means nothing.
      section.problem(
          key,
          found,
          found.isNumber()
              ? Words.quote(text.get())
                  + " is not a value of the axis; allowed: "
                  + String.join(", ", values)
              : Words.unknown("value of the axis", text.get(), values));
      return Optional.empty();
    }
    return text;
  }

  private static List<List<String>> zip(Section study, SortedMap<String, List<String>> axes) {
    Optional<Found> found = study.find("zip").filter(given -> !given.is(ConfigValueType.NULL));
    Optional<ConfigList> list = found.flatMap(Found::list);
    if (found.isPresent() && list.isEmpty()) {
      study.wrongKind("zip", found.get(), "a list of lists of axes");
    }
    List<List<String>> groups = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (ConfigValue element : list.<List<ConfigValue>>map(List::copyOf).orElse(List.of())) {
      together(study, new Found(element), axes, taken).ifPresent(groups::add);
    }
    return groups;
  }

  private static Optional<List<String>> together(
      Section study, Found group, SortedMap<String, List<String>> axes, Set<String> taken) {
    if (group.list().filter(paths -> paths.size() >= 2).isEmpty()) {
      study.wrongKind("zip", group, "a list of at least two axes");
      return Optional.empty();
    }
    List<String> paths = new ArrayList<>();
    boolean sound = true;
    for (ConfigValue value : group.list().get()) {
      Found element = new Found(value);
      Optional<String> path = axis(study, "zip", element, element.text().orElse(""), axes.keySet());
      if (path.isPresent() && !taken.add(path.get())) {
        study.problem("zip", element, "has the axis " + path.get() + " twice");
        sound = false;
      }
      sound &= path.isPresent();
      path.ifPresent(paths::add);
    }
    if (!sound) {
      return Optional.empty();
    }
    if (paths.stream().map(path -> axes.getOrDefault(path, List.of()).size()).distinct().count()
        > 1) {
      study.problem(
          "zip",
          group,
          "axes that go together have equally many values, not "
              + String.join(
                  " and ",
                  paths.stream()
                      .map(path -> axes.getOrDefault(path, List.of()).size() + " (" + path + ")")
                      .toList()));
      return Optional.empty();
    }
    return Optional.of(paths.stream().sorted().toList());
  }

  private static SortedMap<String, SortedMap<String, List<String>>> when(
      Section study, SortedMap<String, List<String>> axes) {
    SortedMap<String, SortedMap<String, List<String>>> conditions = new TreeMap<>();
    Section section = study.section("when");
    for (Map.Entry<String, Found> entry : section.entries().entrySet()) {
      axis(section, entry.getKey(), entry.getValue(), entry.getKey(), axes.keySet())
          .ifPresent(
              path ->
                  conditions.put(
                      path, selection(section.section(entry.getKey(), entry.getValue()), axes)));
    }
    conditions.values().removeIf(Map::isEmpty);
    return conditions;
  }

  private static List<Long> seeds(Section section) {
    Optional<Found> found = section.find("seeds");
    if (found.isEmpty()) {
      return List.of();
    }
    if (found.get().object().isPresent()) {
      return counted(section.section("seeds", found.get()));
    }
    Optional<ConfigList> list = found.get().list().filter(values -> values.size() <= MOST_SEEDS);
    if (list.isEmpty()) {
      section.wrongKind(
          "seeds", found.get(), "a list of at most " + MOST_SEEDS + " seeds, or { from, count }");
      return List.of();
    }
    List<Long> seeds = new ArrayList<>();
    for (ConfigValue value : list.get()) {
      Found element = new Found(value);
      long seed = section.whole("seeds", element, 0, SpecDefaults.MOST_SEED, -1);
      if (seed >= 0 && seeds.contains(seed)) {
        section.problem("seeds", element, "has " + seed + " twice");
      } else if (seed >= 0) {
        seeds.add(seed);
      }
    }
    return seeds;
  }

  private static List<Long> counted(Section section) {
    long from = section.whole("from", 0, SpecDefaults.MOST_SEED - MOST_SEEDS, SpecDefaults.SEED);
    if (section.find("count").isEmpty()) {
      section.problem("count", "is missing; it says how many seeds", section.origin());
    }
    long count = section.whole("count", 1, MOST_SEEDS, 1);
    section.close();
    return LongStream.range(from, from + count).boxed().toList();
  }
}
