package io.saltus.bench.judge.ground;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the judge is asked for.
 *
 * @param parts names of parts; none: all that can be judged with what is given
 * @param tcpd the directory of the Turing Change Point Dataset
 * @param home a home with runs
 * @param curves how many labelled curves, at least
 * @param series how many null series for each line of the size of the test
 * @param points how many null observations the monitor sees of each kind
 * @param signals how many random signals for each model's exactness
 * @param largest length of a series whose search is timed
 * @param replicates of each null distribution, from 99
 * @param seed of all chance
 * @param jobs threads
 */
public record JudgeOptions(
    List<String> parts,
    Optional<Path> tcpd,
    Optional<Path> home,
    int curves,
    int series,
    int points,
    int signals,
    int largest,
    int replicates,
    long seed,
    int jobs) {

  /** How it is called. */
  public static final String USAGE =
      "bench/judge [PART]… [--tcpd DIR] [--home DIR] [--curves N] [--series N] [--points N]"
          + " [--signals N] [--largest N] [--replicates N] [--seed N] [--jobs N]";

  /** Copies the list. */
  public JudgeOptions {
    parts = List.copyOf(parts);
  }

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static JudgeOptions parse(String... args) {
    Map<String, String> given = new HashMap<>();
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      if (!args[i].startsWith("--")) {
        parts.add(args[i]);
      } else if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " has no value. " + USAGE);
      } else {
        given.put(args[i], args[++i]);
      }
    }
    JudgeOptions options =
        new JudgeOptions(
            parts,
            Optional.ofNullable(given.remove("--tcpd")).map(Path::of),
            Optional.ofNullable(given.remove("--home")).map(Path::of),
            number(given, "--curves", 2_000, 1),
            number(given, "--series", 1_000, 1),
            number(given, "--points", 10_000_000, 1),
            number(given, "--signals", 10_000, 1),
            number(given, "--largest", 10_000_000, 1_000),
            number(given, "--replicates", 999, 99),
            number(given, "--seed", 1, 0),
            number(given, "--jobs", 2, 1));
    if (!given.isEmpty()) {
      throw new IllegalArgumentException("no option " + given.keySet() + ". " + USAGE);
    }
    return options;
  }

  private static int number(Map<String, String> given, String option, int usual, int least) {
    String value = given.remove(option);
    if (value == null) {
      return usual;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s is '%s', no whole number. %s".formatted(option, value, USAGE), e);
    }
    throw new IllegalArgumentException(
        "%s is %s, below %d. %s".formatted(option, value, least, USAGE));
  }
}
