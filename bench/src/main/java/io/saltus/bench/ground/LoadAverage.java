package io.saltus.bench.ground;

import java.lang.management.ManagementFactory;

/** How busy the machine is. */
public final class LoadAverage {

  private LoadAverage() {}

  /** Runnable threads, over the last minute. */
  public static double now() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
