package io.saltus.bench.scale;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets one session go on at even times. One that is late catches up, but not so quickly that two
 * steps would be asked of it at once.
 */
final class Pace {

  private static final double QUICKEST = 0.6;

  private final long period;
  private final long shortest;
  private long next;

  /**
   * @param hertz how often a second; 0: as fast as can be
   */
  Pace(int hertz) {
    period = hertz == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / hertz;
    shortest = (long) (QUICKEST * period);
    next = System.nanoTime();
  }

  /** Waits for its time. */
  void await() {
    if (period == 0) {
      return;
    }
    long now = System.nanoTime();
    next += period;
    long until = Math.max(next, now + shortest);
    for (long left = until - now; left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
