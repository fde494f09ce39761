package io.saltus.experiment.spec;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When checkpoints are taken. */
public sealed interface CheckpointCadence {

  /** As written in a spec and persisted; {@link #parse} reads it back to the same cadence. */
  String text();

  /**
   * Reads {@code auto}, {@code N steps}, {@code N minutes} or {@code N seconds} with N from 1 to
   * 999999999999; a single one may be without its s.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static CheckpointCadence parse(String text) {
    if (text.equals("auto")) {
      return new Auto();
    }
    Matcher matcher = Written.AMOUNT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "not auto, \"N steps\", \"N minutes\" or \"N seconds\": " + text);
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "step" -> new EverySteps(amount);
      case "minute" -> new EveryTime(Duration.ofMinutes(amount));
      default -> new EveryTime(Duration.ofSeconds(amount));
    };
  }

  /** As seldom as keeps their cost and what a crash loses small. */
  record Auto() implements CheckpointCadence {
    @Override
    public String text() {
      return "auto";
    }
  }

  /**
   * At every multiple.
   *
   * @param steps at least 1
   */
  record EverySteps(long steps) implements CheckpointCadence {
    /** Refuses what is not positive. */
    public EverySteps {
      if (steps < 1) {
        throw new IllegalArgumentException("a checkpoint every " + steps + " steps");
      }
    }

    @Override
    public String text() {
      return steps + " steps";
    }
  }

  /**
   * At the first opportunity after so much time of training since the last.
   *
   * @param time whole seconds, at least 1
   */
  record EveryTime(Duration time) implements CheckpointCadence {
    /** Refuses what is not positive, and fractions of seconds. */
    public EveryTime {
      if (time.toSeconds() < 1 || !time.equals(Duration.ofSeconds(time.toSeconds()))) {
        throw new IllegalArgumentException("a checkpoint every " + time);
      }
    }

    @Override
    public String text() {
      long seconds = time.toSeconds();
      return seconds % 60 == 0 ? seconds / 60 + " minutes" : seconds + " seconds";
    }
  }

  /** How amounts are written. */
  final class Written {
    private static final Pattern AMOUNT =
        Pattern.compile("([1-9][0-9]{0,11}) (step|minute|second)s?");

    private Written() {}
  }
}
