package io.saltus.experiment.spec;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads {@code study.axes}: lists, ranges and random axes, under paths with or without quotes. */
final class AxisBinder {

  static final int MOST_VALUES = 1000;
  private static final int MOST_AXES = 32;
  private static final String EXPECTED =
      "a list of 1 to "
          + MOST_VALUES
          + " values, { from, to, count } or { random = uniform, from, to, count }";

  /** What no axis can change: what names runs and studies, and the seed, which has its own key. */
  private static final Set<String> FIXED =
      Set.of("experiment", "title", "study", "expect", "tags", "seed");

  private static final Set<String> WHOLE =
      Set.of(
          "batch-size",
          "steps",
          "seeds.data",
          "seeds.init",
          "seeds.order",
          "seeds.dropout",
          "evaluate.every",
          "checkpoint.keep-last",
          "checkpoint.keep-every",
          "resume.overlap",
          "numerics.threads",
          "priority",
          "resources.count");

  private final SpecSchema schema;
  private final RangeBinder ranges;
  private final SortedMap<String, Axis> axes = new TreeMap<>();

  /**
   * @param seed of the random axes
   */
  AxisBinder(SpecSchema schema, long seed) {
    this.schema = schema;
    this.ranges = new RangeBinder(seed);
  }

  SortedMap<String, Axis> axes(Section study) {
    read(study.section("axes"), "");
    if (axes.size() > MOST_AXES) {
      study
          .find("axes")
          .ifPresent(found -> study.problem("axes", found, "has more than " + MOST_AXES + " axes"));
    }
    return axes;
  }

  private void read(Section section, String above) {
    for (Map.Entry<String, Found> entry : section.entries().entrySet()) {
      Found found = entry.getValue();
      String written = above.isEmpty() ? entry.getKey() : above + "." + entry.getKey();
      if (found.object().isPresent() && !RangeBinder.isRange(found.object().get())) {
        read(section.section(entry.getKey(), found), written);
      } else {
        axis(section, entry.getKey(), found, written);
      }
    }
  }

  private void axis(Section section, String key, Found found, String written) {
    Optional<List<String>> split = split(written);
    if (split.isEmpty()) {
      section.problem(
          key, found, Words.quote(written) + " is not a path such as optimizer.weight-decay");
      return;
    }
    String path = ConfigUtil.joinPath(split.get());
    if (FIXED.contains(split.get().get(0))) {
      section.problem(
          key,
          found,
          path
              + " cannot be an axis"
              + (path.equals("seed") ? "; the seeds of a study stand in study.seeds" : ""));
      return;
    }
    Optional<Axis> axis =
        found.list().isPresent()
            ? list(section, key, found, found.list().get())
            : range(section, key, found, split.get());
    axis.ifPresent(
        read -> {
          if (axes.putIfAbsent(path, read) != null) {
            section.problem(key, found, "the axis " + path + " is given twice");
          }
        });
  }

  static Optional<List<String>> split(String path) {
    try {
      List<String> keys = ConfigUtil.splitPath(path);
      return keys.isEmpty() || keys.size() > SpecLimits.DEPTH
          ? Optional.empty()
          : Optional.of(keys);
    } catch (ConfigException e) {
      return Optional.empty();
    }
  }

  private boolean whole(List<String> keys) {
    if (keys.size() == 2) {
      for (SpecSchema.Part part : SpecSchema.Part.values()) {
        if (part.key().equals(keys.get(0))) {
          return schema.isWhole(part, keys.get(1));
        }
      }
    }
    return WHOLE.contains(String.join(".", keys))
        || (keys.size() == 4 && keys.get(0).equals("evaluate") && keys.get(3).equals("every"));
  }

  private Optional<Axis> range(Section section, String key, Found found, List<String> keys) {
    if (found.object().isEmpty()) {
      section.wrongKind(key, found, EXPECTED);
      return Optional.empty();
    }
    ConfigOrigin origin = found.value().origin();
    return ranges
        .values(section.section(key, found), ConfigUtil.joinPath(keys), whole(keys))
        .map(values -> new Axis(values, values.stream().map(value -> origin).toList()));
  }

  private static Optional<Axis> list(Section section, String key, Found found, ConfigList list) {
    if (list.isEmpty() || list.size() > MOST_VALUES) {
      section.wrongKind(key, found, EXPECTED);
      return Optional.empty();
    }
    List<String> values = new ArrayList<>();
    List<ConfigOrigin> origins = new ArrayList<>();
    for (ConfigValue value : list) {
      Found element = new Found(value);
      Optional<String> text = canonical(element);
      if (text.isEmpty()) {
        section.wrongKind(key, element, "a number, a text, true or false");
      } else if (values.contains(text.get())) {
        section.problem(key, element, "has " + Words.quote(text.get()) + " twice");
      } else {
        values.add(text.get());
        origins.add(value.origin());
      }
    }
    return values.isEmpty() ? Optional.empty() : Optional.of(new Axis(values, origins));
  }

  /** A scalar as axes have it: 1e-1 and 0.10 are 0.1. */
  static Optional<String> canonical(Found found) {
    return found.isNumber() && found.real().isPresent()
        ? Optional.of(new SpecValue.Real(found.real().getAsDouble()).canonical())
        : found.text();
  }
}
