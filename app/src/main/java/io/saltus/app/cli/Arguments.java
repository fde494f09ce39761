package io.saltus.app.cli;

import io.saltus.app.problem.Refusal;
import io.saltus.experiment.metric.MetricName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Values of options, read and checked in one wording. */
final class Arguments {

  private static final int LONGEST_TAG = 200;
  private static final int LONGEST_WORDS = 10_000;

  private Arguments() {}

  /** A whole number in [least, most]. */
  static long whole(String flag, String text, long least, long most) {
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // Said below, together with what is allowed.
    }
    String range = most == Long.MAX_VALUE ? least + " or more" : "from " + least + " to " + most;
    throw Refusal.wrong(
        "'" + text + "' is not a whole number, " + range, flag, "Give one of these.");
  }

  /** Such a number, where the option was given. */
  static Optional<Long> whole(String flag, Optional<String> text, long least, long most) {
    return text.map(given -> whole(flag, given, least, most));
  }

  /** {@code key=value} each; the last one of a key counts. */
  static SortedMap<String, String> tags(List<String> pairs) {
    SortedMap<String, String> tags = new TreeMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw Refusal.wrong(
            "'" + pair + "' is not key=value", "--tag", "Write it as in --tag purpose=demo.");
      }
      tags.put(tagKey(pair.substring(0, equals)), tagValue(pair.substring(equals + 1)));
    }
    return tags;
  }

  static String tagKey(String key) {
    if (key.isBlank() || key.length() > LONGEST_TAG || key.indexOf('=') >= 0) {
      throw Refusal.wrong(
          "'" + key + "' cannot name a tag", "--tag", "Use 1 to 200 characters without '='.");
    }
    return key;
  }

  private static String tagValue(String value) {
    if (value.length() > LONGEST_TAG) {
      throw Refusal.wrong(
          "the value of a tag has " + value.length() + " characters", "--tag", "At most 200 fit.");
    }
    return value;
  }

  /** People's words, of bearable length. */
  static String words(String label, String text) {
    if (text.length() > LONGEST_WORDS) {
      throw Refusal.wrong(
          label + " has " + text.length() + " characters", label, "At most 10000 fit.");
    }
    return text;
  }

  /** The name of a metric, checked for its shape only. */
  static MetricName metric(String text) {
    if (!MetricName.isValid(text)) {
      throw Refusal.wrong(
          "'" + text + "' cannot be the name of a metric", "--metric", "Try train.loss.");
    }
    return new MetricName(text);
  }
}
