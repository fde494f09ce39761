package io.saltus.app.server.guard;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Counts wrong tokens by the address that they come from, so that nobody tries many. The right one
 * is never counted nor held up. Bounded: of very many addresses the one that failed first is
 * forgotten.
 */
public final class FailureLimit {

  /** In a minute. */
  static final int MOST = 20;

  private static final int ADDRESSES = 1024;
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final LongSupplier nanoTime;
  private final Map<String, Count> counts = new LinkedHashMap<>();

  private record Count(long since, int failures) {}

  /**
   * @param nanoTime a monotonic clock in nanoseconds
   */
  public FailureLimit(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Counts one, and says whether there have been too many. */
  synchronized boolean failed(String address) {
    long now = nanoTime.getAsLong();
    Count before = counts.remove(address);
    Count count =
        before == null || now - before.since() >= MINUTE
            ? new Count(now, 1)
            : new Count(before.since(), Math.min(before.failures(), MOST) + 1);
    counts.put(address, count);
    if (counts.size() > ADDRESSES) {
      Iterator<String> eldest = counts.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
    return count.failures() > MOST;
  }
}
