package io.saltus.actors.worker;

import java.time.Duration;

/**
 * When a worker counts as hung.
 *
 * @param opening for opening, restoring, reading, and the first chunk
 * @param floor what every later chunk may take
 * @param times how many times the median of the chunks so far a chunk may take, at least 1
 * @param tick how often the parent looks; a look that comes more than a tick late means that the
 *     parent itself stood still, which does not count
 */
public record WorkerLimits(Duration opening, Duration floor, int times, Duration tick) {

  /** Ten minutes; 30 s or twenty medians; looked at four times a second. */
  public static final WorkerLimits DEFAULT =
      new WorkerLimits(Duration.ofMinutes(10), Duration.ofSeconds(30), 20, Duration.ofMillis(250));

  /**
   * @throws IllegalArgumentException when a limit is not positive
   */
  public WorkerLimits {
    if (times < 1 || !positive(opening) || !positive(floor) || !positive(tick)) {
      throw new IllegalArgumentException("every limit of a worker must be positive");
    }
  }

  private static boolean positive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }
}
