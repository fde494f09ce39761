package io.saltus.bench.scale;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAccumulator;

/** Many durations, counted in classes of a sixteenth of an octave. Safe for use by many threads. */
public final class Latencies {

  private static final int PER_OCTAVE = 16;

  private final AtomicLongArray counts = new AtomicLongArray(64 * PER_OCTAVE);
  private final LongAccumulator longest = new LongAccumulator(Math::max, 0);

  /** Adds one, in nanoseconds. */
  public void add(long nanos) {
    counts.incrementAndGet(place(Math.max(1, nanos)));
    longest.accumulate(nanos);
  }

  private static int place(long nanos) {
    return Math.min(
        64 * PER_OCTAVE - 1, (int) Math.ceil(PER_OCTAVE * Math.log(nanos) / Math.log(2)));
  }

  /** How many there are. */
  public long count() {
    long sum = 0;
    for (int i = 0; i < counts.length(); i++) {
      sum += counts.get(i);
    }
    return sum;
  }

  /** Nanoseconds that a share of them does not exceed, rounded up by 4.5 % at most. */
  public double quantile(double share) {
    long wanted = (long) Math.ceil(share * count());
    long sum = 0;
    for (int i = 0; i < counts.length(); i++) {
      sum += counts.get(i);
      if (sum >= wanted) {
        return Math.min(Math.pow(2, (double) i / PER_OCTAVE), longest.get());
      }
    }
    return longest.get();
  }

  /** The longest. */
  public long longest() {
    return longest.get();
  }
}
