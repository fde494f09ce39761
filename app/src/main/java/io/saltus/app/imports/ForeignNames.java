package io.saltus.app.imports;

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

  private final Map<String, MetricName> given = new HashMap<>();
  private final Set<MetricName> taken = new HashSet<>();

  /** The name of a metric; the same one whenever it is asked for. */
  MetricName metric(String theirs) {
    return given.computeIfAbsent(theirs, this::next);
  }

  private MetricName next(String theirs) {
    String shaped = shaped(theirs.replace('/', '.'), "[^a-z0-9._-]");
    String begun = shaped.isEmpty() || !isLetter(shaped.charAt(0)) ? "metric-" + shaped : shaped;
    String name = cut(begun, LONGEST_METRIC);
    for (int number = 2; !taken.add(new MetricName(name)); number++) {
      String end = "-" + number;
      name = cut(begun, LONGEST_METRIC - end.length()) + end;
    }
    return new MetricName(name);
  }

  /** A name in the shape of a run's, for what several runs share. */
  static String experiment(String theirs) {
    String shaped = cut(shaped(theirs, "[^a-z0-9._-]"), LONGEST_EXPERIMENT);
    String begun = shaped.replaceFirst("^[^a-z0-9]+", "");
    return begun.isEmpty() ? "imported" : begun;
  }

  /** Words of theirs, of bearable length. */
  static String words(String theirs) {
    return cut(theirs, LONGEST_WORDS);
  }

  private static String shaped(String theirs, String others) {
    return theirs
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll(others, "-")
        .replaceAll("-{2,}", "-")
        .replaceAll("(?<=.)[.-]+$", "");
  }

  private static boolean isLetter(char first) {
    return first >= 'a' && first <= 'z';
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest);
  }
}
