package io.saltus.actors;

import java.util.concurrent.atomic.AtomicLong;

/** A disk of 10 GiB that is as full as a test says. */
final class FakeDisk implements Disk {

  static final long MIB = 1L << 20;

  /** Looked at often, with the floor and the margin as they are delivered. */
  static final String SETTINGS = "saltus.actors { disk.every = 5 ms, chunk-steps = 16 }";

  private final AtomicLong looks = new AtomicLong();
  private final AtomicLong free = new AtomicLong(5000 * MIB);

  void free(long mib) {
    free.set(mib * MIB);
  }

  /** How often it has been asked. */
  long looks() {
    return looks.get();
  }

  @Override
  public long freeBytes() {
    looks.incrementAndGet();
    return free.get();
  }

  @Override
  public long totalBytes() {
    return 10_240 * MIB;
  }
}
