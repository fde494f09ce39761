package io.saltus.bench.scale;

import java.util.concurrent.atomic.AtomicLongArray;

/** When the last few frames of one run were computed. */
final class FrameClock {

  /** More than can be on their way at a time. */
  private static final int KEPT = 8;

  private final AtomicLongArray nanos = new AtomicLongArray(KEPT);

  void computed(long step) {
    nanos.set((int) (step % KEPT), System.nanoTime());
  }

  /** Nanoseconds since a step was computed. */
  long since(long step) {
    return System.nanoTime() - nanos.get((int) (step % KEPT));
  }
}
