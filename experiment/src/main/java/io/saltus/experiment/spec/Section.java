package io.saltus.experiment.spec;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An object of a spec, read key by key. A key that is missing gives the default; one that is wrong
 * gives a problem and the default, so that reading goes on to the next; one that nobody asked for
 * is unknown.
 */
final class Section {

  private static final int LONGEST_TEXT = 200;

  private final String path;
  private final ConfigObject object;
  private final Problems problems;
  private final TreeSet<String> known = new TreeSet<>();

  Section(String path, ConfigObject object, Problems problems) {
    this.path = path;
    this.object = object;
    this.problems = problems;
  }

  String path(String key) {
    String escaped = key.matches("[A-Za-z0-9_-]{1,60}") ? key : ConfigUtil.joinPath(key);
    return path.isEmpty() ? escaped : path + "." + escaped;
  }

  ConfigOrigin origin() {
    return object.origin();
  }

  /** The value of a key, which from now on is known. */
  Optional<Found> find(String key) {
    known.add(key);
    ConfigValue value = object.get(key);
    if (value == null) {
      return Optional.empty();
    }
    Found found = new Found(value);
    if (found.type().isEmpty()) {
      problem(
          key,
          found,
          found.unresolved()
              + " cannot be resolved: a substitution reads other keys of the spec, never the environment");
      return Optional.empty();
    }
    return Optional.of(found);
  }

  void problem(String key, Found found, String what) {
    problems.add(path(key), what, found.value().origin());
  }

  void problem(String key, String what, ConfigOrigin origin) {
    problems.add(path(key), what, origin);
  }

  void wrongKind(String key, Found found, String expected) {
    problem(key, found, Words.found(found.described(), expected));
  }

  long whole(String key, long least, long most, long fallback) {
    return find(key).map(found -> whole(key, found, least, most, fallback)).orElse(fallback);
  }

  long whole(String key, Found found, long least, long most, long fallback) {
    String expected = "a whole number from " + least + " to " + most;
    if (!found.isNumber()) {
      wrongKind(key, found, expected);
      return fallback;
    }
    if (found.whole().isEmpty()
        || found.whole().getAsLong() < least
        || found.whole().getAsLong() > most) {
      problem(key, found, found.shown() + " is not " + expected);
      return fallback;
    }
    return found.whole().getAsLong();
  }

  double real(String key, Found found, Parameter.RealIn in, double fallback) {
    String expected = "a number " + Ranges.of(in);
    if (!found.isNumber()) {
      wrongKind(key, found, expected);
      return fallback;
    }
    double value = found.real().orElse(Double.NaN);
    if (!Ranges.holds(in, value)) {
      problem(key, found, found.shown() + " is not " + expected);
      return fallback;
    }
    return value;
  }

  boolean flag(String key, boolean fallback) {
    return find(key).map(found -> flag(key, found, fallback)).orElse(fallback);
  }

  boolean flag(String key, Found found, boolean fallback) {
    if (found.flag().isEmpty()) {
      wrongKind(key, found, "true or false");
    }
    return found.flag().orElse(fallback);
  }

  /** One of some words. */
  String word(String key, List<String> words, String fallback) {
    return find(key).map(found -> word(key, found, words, fallback)).orElse(fallback);
  }

  String word(String key, Found found, List<String> words, String fallback) {
    Optional<String> text = found.text();
    if (text.isEmpty()) {
      wrongKind(key, found, "one of " + String.join(", ", words));
      return fallback;
    }
    if (!words.contains(text.get())) {
      problem(key, found, Words.unknown("value", text.get(), words));
      return fallback;
    }
    return text.get();
  }

  /** One line of text, at most 200 characters. */
  String text(String key, String fallback) {
    return find(key).map(found -> text(key, found, LONGEST_TEXT, fallback)).orElse(fallback);
  }

  String text(String key, Found found, int longest, String fallback) {
    Optional<String> text = found.text();
    if (text.isEmpty()) {
      wrongKind(key, found, "a text");
      return fallback;
    }
    if (text.get().length() > longest || text.get().chars().anyMatch(Character::isISOControl)) {
      problem(
          key,
          found,
          Words.quote(text.get()) + " is not one line of at most " + longest + " characters");
      return fallback;
    }
    return text.get();
  }

  /** An object below this one; an empty one where there is none. */
  Section section(String key) {
    return find(key).map(found -> section(key, found)).orElse(empty(key));
  }

  Section section(String key, Found found) {
    if (found.object().isEmpty()) {
      wrongKind(key, found, "an object");
    }
    return found.object().map(below -> new Section(path(key), below, problems)).orElse(empty(key));
  }

  /** Of an element of a list that is not what it should be. */
  void wrongElement(String elementPath, Found found, String expected) {
    problems.add(elementPath, Words.found(found.described(), expected), found.value().origin());
  }

  Section element(String elementPath, ConfigObject element) {
    return new Section(elementPath, element, problems);
  }

  /** All keys with their values, in order; all of them are known from now on. */
  Map<String, Found> entries() {
    Map<String, Found> entries = new TreeMap<>();
    for (String key : new TreeSet<>(object.keySet())) {
      find(key).ifPresent(found -> entries.put(key, found));
    }
    return entries;
  }

  /** Reports the keys that nobody asked for. */
  void close() {
    close(List.of());
  }

  /**
   * Reports the keys that nobody asked for.
   *
   * @param elsewhere paths of other sections, for a key that only stands in the wrong place
   */
  void close(List<String> elsewhere) {
    for (String key : new TreeSet<>(object.keySet())) {
      if (!known.contains(key)) {
        ConfigValue value = object.get(key);
        String what =
            elsewhere.stream()
                .filter(path -> path.endsWith("." + key))
                .findFirst()
                .map(path -> "unknown key " + Words.quote(key) + " (did you mean " + path + "?)")
                .orElseGet(() -> Words.unknown("key", key, known));
        problems.add(path(key), what, value == null ? object.origin() : value.origin());
      }
    }
  }

  private Section empty(String key) {
    return new Section(path(key), ConfigFactory.empty().root(), problems);
  }
}
