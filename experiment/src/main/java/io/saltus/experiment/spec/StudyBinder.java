package io.saltus.experiment.spec;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the shape of {@code study} and {@code expect}. */
final class StudyBinder {

  private static final int MOST_VALUES = 1000;

  Optional<Study> study(Section root) {
    expect(root);
    Optional<Found> found = root.find("study");
    if (found.isEmpty() || found.get().is(ConfigValueType.NULL)) {
      return Optional.empty();
    }
    Section section = root.section("study", found.get());
    SortedMap<String, List<String>> axes = axes(section.section("axes"));
    List<Long> seeds = seeds(section);
    section.close();
    return Optional.of(new Study(axes, seeds));
  }

  private void expect(Section root) {
    root.find("expect")
        .filter(found -> !found.is(ConfigValueType.NULL))
        .ifPresent(
            found -> {
              if (found.list().isEmpty()) {
                root.wrongKind("expect", found, "a list of expectations");
              }
            });
  }

  private SortedMap<String, List<String>> axes(Section section) {
    SortedMap<String, List<String>> axes = new TreeMap<>();
    for (Map.Entry<String, Found> entry : section.entries().entrySet()) {
      axes.put(entry.getKey(), values(section, entry.getKey(), entry.getValue()));
    }
    return axes;
  }

  private List<String> values(Section section, String key, Found found) {
    Optional<ConfigList> list = found.list().filter(values -> !values.isEmpty());
    if (list.isEmpty() || list.get().size() > MOST_VALUES) {
      section.wrongKind(key, found, "a list of 1 to " + MOST_VALUES + " values");
      return List.of();
    }
    List<String> values = new ArrayList<>();
    for (ConfigValue value : list.get()) {
      Found element = new Found(value);
      if (element.text().isEmpty()) {
        section.wrongKind(key, element, "a number, a text, true or false");
      } else {
        values.add(
            element.isNumber() && element.real().isPresent()
                ? new SpecValue.Real(element.real().getAsDouble()).canonical()
                : element.text().get());
      }
    }
    return values;
  }

  private List<Long> seeds(Section section) {
    Optional<Found> found = section.find("seeds");
    if (found.isEmpty()) {
      return List.of();
    }
    Optional<ConfigList> list = found.get().list().filter(values -> values.size() <= MOST_VALUES);
    if (list.isEmpty()) {
      section.wrongKind("seeds", found.get(), "a list of at most " + MOST_VALUES + " seeds");
      return List.of();
    }
    List<Long> seeds = new ArrayList<>();
    for (ConfigValue value : list.get()) {
      seeds.add(
          section.whole("seeds", new Found(value), 0, SpecDefaults.MOST_SEED, SpecDefaults.SEED));
    }
    return seeds;
  }
}
