package io.saltus.actors.worker;

import java.util.Arrays;

/**
 * How long a chunk may take: the floor, or so many times the median of the chunks so far, whichever
 * is more. Before the first chunk it is the limit of opening. Used by one thread at a time.
 */
public final class ChunkPatience {

  private static final int REMEMBERED = 256;

  private final WorkerLimits limits;
  private final long[] recent = new long[REMEMBERED];
  private long chunks;

  /** Before the first chunk. */
  public ChunkPatience(WorkerLimits limits) {
    this.limits = limits;
  }

  /** After a chunk that took so many nanoseconds. */
  public void took(long nanos) {
    recent[(int) (chunks++ % REMEMBERED)] = nanos;
  }

  /** The limit of the next chunk in nanoseconds. */
  public long nanos() {
    if (chunks == 0) {
      return limits.opening().toNanos();
    }
    long[] sorted = Arrays.copyOf(recent, (int) Math.min(chunks, REMEMBERED));
    Arrays.sort(sorted);
    long median = sorted[sorted.length / 2];
    long many = median > Long.MAX_VALUE / limits.times() ? Long.MAX_VALUE : median * limits.times();
    return Math.max(limits.floor().toNanos(), many);
  }
}
