package io.saltus.bench.scale;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How large everything is made.
 *
 * @param trainers that are live at once, 1 to 10,000
 * @param hertz frames per second of each, 1 to 10
 * @param seconds for how long it is measured
 * @param queued runs that wait behind them
 * @param runs finished runs in one home
 * @param directory where homes lie; empty: a temporary one
 */
public record ScaleOptions(
    int trainers, int hertz, int seconds, int queued, int runs, Optional<Path> directory) {

  /** What is published. */
  public static final ScaleOptions PUBLISHED =
      new ScaleOptions(1_000, 10, 600, 10_000, 100_000, Optional.empty());

  static final String USAGE =
      "scale [live] [finished] [--trainers N] [--hertz N] [--seconds N] [--queued N] [--runs N]"
          + " [--dir DIR]";

  /** Refuses what cannot be. */
  public ScaleOptions {
    within("--trainers", trainers, 1, 10_000);
    within("--hertz", hertz, 1, 10);
    within("--seconds", seconds, 1, 86_400);
    within("--queued", queued, 0, 1_000_000);
    within("--runs", runs, 1, 10_000_000);
  }

  /** These, in a directory. */
  public ScaleOptions in(Path other) {
    return new ScaleOptions(trainers, hertz, seconds, queued, runs, Optional.of(other));
  }

  /**
   * These with one option changed.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  ScaleOptions with(String option, String value) {
    return switch (option) {
      case "--trainers" -> new ScaleOptions(number(value), hertz, seconds, queued, runs, directory);
      case "--hertz" -> new ScaleOptions(trainers, number(value), seconds, queued, runs, directory);
      case "--seconds" -> new ScaleOptions(trainers, hertz, number(value), queued, runs, directory);
      case "--queued" -> new ScaleOptions(trainers, hertz, seconds, number(value), runs, directory);
      case "--runs" -> new ScaleOptions(trainers, hertz, seconds, queued, number(value), directory);
      case "--dir" -> in(Path.of(value).toAbsolutePath());
      default -> throw new IllegalArgumentException("no option '" + option + "'. " + USAGE);
    };
  }

  private static int number(String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(value + " is not a whole number. " + USAGE, e);
    }
  }

  private static void within(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %d, not from %d to %d".formatted(option, value, least, most));
    }
  }
}
