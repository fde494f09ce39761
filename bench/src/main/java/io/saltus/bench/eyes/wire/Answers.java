package io.saltus.bench.eyes.wire;

import java.util.List;

/**
 * What became of questions.
 *
 * @param good answered with 200 or 304
 * @param refused answered with 429 or 503: too much was asked
 * @param wrong answered otherwise, or not
 * @param firstWrong the first few of these, for people
 * @param seconds that it took
 * @param medianMillis from when a question was due until its answer was whole; the late ones count
 *     from when they should have been asked
 * @param millis99 the same, of which 99 % take less
 * @param bytes of the bodies of good answers, by question of the mix, on average
 * @param processorSeconds that asking and reading took
 */
public record Answers(
    long good,
    long refused,
    long wrong,
    List<String> firstWrong,
    double seconds,
    double medianMillis,
    double millis99,
    List<Long> bytes,
    double processorSeconds) {

  /** Copies the lists. */
  public Answers {
    firstWrong = List.copyOf(firstWrong);
    bytes = List.copyOf(bytes);
  }

  /** Good ones a second. */
  public double perSecond() {
    return good / seconds;
  }
}
