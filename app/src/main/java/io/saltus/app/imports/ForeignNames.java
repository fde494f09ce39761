package io.saltus.app.imports;

import io.saltus.app.json.Utf8;
import io.saltus.experiment.metric.MetricName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names of ours for names of others: lower case, {@code .} between parts, {@code -} for whatever
 * else our names do not have. Each name of theirs gets one of its own.
 */
final class ForeignNames {

  private static final int LONGEST_METRIC = 120;
  private static final int LONGEST_EXPERIMENT = 40;
  private static final int LONGEST_WORDS = 200;

  /** What comes behind is in no name of ours, and looking for its end would take long. */
  private static final int LOOKED_AT = 1_000;

  /** Whatever number a name ends with, this much of it comes before. */
  private static final int BEFORE_NUMBER = LONGEST_METRIC - 12;

  private final Map<String, MetricName> given = new HashMap<>();
  private final Set<MetricName> taken = new HashSet<>();

  /** By the beginning of names the last number that one of them was given. */
  private final Map<String, Integer> numbers = new HashMap<>();

  /** The name of a metric; the same one whenever it is asked for. */
  MetricName metric(String theirs) {
    return given.computeIfAbsent(theirs, this::next);
  }

  private MetricName next(String theirs) {
    String shaped = shaped(theirs.replace('/', '.'), "[^a-z0-9._-]");
    String begun = shaped.isEmpty() || !isLetter(shaped.charAt(0)) ? "metric-" + shaped : shaped;
    String whole = Utf8.cut(begun, LONGEST_METRIC);
    MetricName name = new MetricName(whole);
    // Looking again at numbers that are taken would take ever longer.
    String beginning = Utf8.cut(whole, BEFORE_NUMBER);
    int number = numbers.getOrDefault(beginning, 1);
    while (!taken.add(name)) {
      number++;
      String end = "-" + number;
      name = new MetricName(Utf8.cut(whole, LONGEST_METRIC - end.length()) + end);
    }
    if (number > 1) {
      numbers.put(beginning, number);
    }
    return name;
  }

  /** A name in the shape of a run's, for what several runs share. */
  static String experiment(String theirs) {
    String shaped = Utf8.cut(shaped(theirs, "[^a-z0-9._-]"), LONGEST_EXPERIMENT);
    String begun = shaped.replaceFirst("^[^a-z0-9]+", "");
    return begun.isEmpty() ? "imported" : begun;
  }

  /** Words of theirs, of bearable length. */
  static String words(String theirs) {
    return Utf8.cut(theirs, LONGEST_WORDS);
  }

  private static String shaped(String theirs, String others) {
    return Utf8.cut(theirs.strip(), LOOKED_AT)
        .toLowerCase(Locale.ROOT)
        .replaceAll(others, "-")
        .replaceAll("-{2,}", "-")
        .replaceAll("(?<=.)[.-]+$", "");
  }

  private static boolean isLetter(char first) {
    return first >= 'a' && first <= 'z';
  }
}
