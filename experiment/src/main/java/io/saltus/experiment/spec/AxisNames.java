package io.saltus.experiment.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The axes that an expectation may name; everything is taken as it is where they are not at hand.
 */
record AxisNames(Optional<SortedMap<String, List<String>>> axes) {

  SortedMap<String, List<String>> selection(Section section) {
    if (axes.isPresent()) {
      return StudyBinder.selection(section, axes.get());
    }
    SortedMap<String, List<String>> selection = new TreeMap<>();
    for (Map.Entry<String, Found> entry : section.entries().entrySet()) {
      Found found = entry.getValue();
      selection.put(
          entry.getKey(),
          found.list().orElseThrow(() -> notAList(entry.getKey())).stream()
              .map(value -> new Found(value).text().orElseThrow(() -> notAList(entry.getKey())))
              .toList());
    }
    return selection;
  }

  private static IllegalArgumentException notAList(String path) {
    return new IllegalArgumentException("where " + path + " is not a list of values");
  }

  /** The axis that a key names. */
  Optional<String> axis(Section section, String key) {
    Optional<Found> found = section.find(key);
    Optional<String> text = found.flatMap(Found::text);
    if (found.isPresent() && text.isEmpty()) {
      section.wrongKind(key, found.get(), "the path of an axis");
    }
    return text.flatMap(
        written ->
            axes.isPresent()
                ? StudyBinder.axis(section, key, found.get(), written, axes.get().keySet())
                : text);
  }

  /** The value of an axis that a key names. */
  Optional<String> value(Section section, String key, String axis) {
    Optional<Found> found = section.find(key);
    if (found.isEmpty()) {
      section.problem(key, "is missing; a difference has along, from and to", section.origin());
      return Optional.empty();
    }
    return axes.isPresent()
        ? StudyBinder.value(section, key, found.get(), axes.get().getOrDefault(axis, List.of()))
        : found.get().text();
  }
}
