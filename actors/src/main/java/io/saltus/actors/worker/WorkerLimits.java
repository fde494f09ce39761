package io.saltus.actors.worker;

import java.time.Duration;

/**
 * When a session counts as hung.
 *
 * @param opening for opening, restoring, reading, and the first chunk
 * @param floor what every later chunk may take
 * @param times how many times the median of the chunks so far a chunk may take, at least 1
 * @param tick how often it is looked at; a look that comes more than a tick late means that the
 *     process that looks itself stood still, which does not count
 * @param grace how much longer it is waited for than the session is told, so that it can give up a
 *     step by itself
 */
public record WorkerLimits(
    Duration opening, Duration floor, int times, Duration tick, Duration grace) {

  /** Ten minutes; 30 s or twenty medians; looked at four times a second; 5 s. */
  public static final WorkerLimits DEFAULT =
      new WorkerLimits(
          Duration.ofMinutes(10),
          Duration.ofSeconds(30),
          20,
          Duration.ofMillis(250),
          Duration.ofSeconds(5));

  /**
   * @throws IllegalArgumentException when a limit is not positive
   */
  public WorkerLimits {
    if (times < 1
        || !positive(opening)
        || !positive(floor)
        || !positive(tick)
        || !positive(grace)) {
      throw new IllegalArgumentException("every limit of a worker must be positive");
    }
  }

  private static boolean positive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }
}
