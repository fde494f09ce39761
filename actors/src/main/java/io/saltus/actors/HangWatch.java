package io.saltus.actors;

import io.saltus.actors.worker.ChunkPatience;
import io.saltus.actors.worker.WorkerLimits;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether what a session's thread is at takes too long. The thread says what it begins and ends;
 * somebody else looks, once a tick. Time in which nobody looked, because the whole process stood
 * still, does not count. Usable by both threads.
 */
final class HangWatch {

  private final WorkerLimits limits;
  private final LongSupplier nanoTime;
  private final ChunkPatience patience;
  private boolean busy;
  private long left;
  private long lastLook;

  HangWatch(WorkerLimits limits, LongSupplier nanoTime) {
    this.limits = limits;
    this.nanoTime = nanoTime;
    this.patience = new ChunkPatience(limits);
  }

  /** Does work that has no measure of its own, such as opening. */
  void during(Runnable work) {
    begin(limits.opening());
    try {
      work.run();
    } finally {
      end();
    }
  }

  /** Computes a chunk. */
  void duringChunk(Runnable work) {
    Duration limit = chunkLimit();
    long begun = nanoTime.getAsLong();
    begin(limit);
    try {
      work.run();
    } finally {
      end();
    }
    took(nanoTime.getAsLong() - begun);
  }

  /** How long the next chunk may take. */
  synchronized Duration chunkLimit() {
    return Duration.ofNanos(patience.nanos());
  }

  /** To be asked once a tick: whether the work under way should have ended. */
  synchronized boolean overdue() {
    if (!busy) {
      return false;
    }
    long now = nanoTime.getAsLong();
    left -= Math.min(now - lastLook, 2 * limits.tick().toNanos());
    lastLook = now;
    return left <= 0;
  }

  private synchronized void begin(Duration limit) {
    busy = true;
    left = limit.plus(limits.grace()).toNanos();
    lastLook = nanoTime.getAsLong();
  }

  private synchronized void end() {
    busy = false;
  }

  private synchronized void took(long nanos) {
    patience.took(nanos);
  }
}
