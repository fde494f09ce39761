package io.saltus.actors;

import java.time.Duration;

/**
 * Chooses how many steps the next chunk has, so that it takes about a given time. The first chunk
 * is one step, because nothing is known of a step's cost and the first ones are the slowest; from
 * then on the size follows the last chunk's speed, at most fourfold at a time.
 */
final class ChunkSizer {

  private static final int GROWTH = 4;

  private final long targetNanos;
  private final int most;
  private long size = 1;

  ChunkSizer(Duration target, int most) {
    this.targetNanos = target.toNanos();
    this.most = most;
  }

  /** Steps of the next chunk, at least 1. */
  long size() {
    return size;
  }

  /** A chunk of {@code steps} took {@code nanos}; a clock that stood still or ran back counts 1. */
  void took(long steps, long nanos) {
    double fitting = (double) targetNanos * steps / Math.max(1, nanos);
    size = (long) Math.max(1, Math.min(fitting, Math.min(most, size * GROWTH)));
  }
}
