package io.saltus.experiment.spec;

import java.util.Optional;

/**
 * What a run asks of the machine beside a device of a certain name: how soon, and on what. It
 * changes when and where the run computes and nothing of what it computes, so it is in no digest.
 *
 * @param priority among the runs that wait, −1000 to 1000; higher goes first
 * @param kind of the devices. Always said, never what happens to be free: another kind gives other
 *     bits
 * @param count how many devices at once, 1 to 256; empty: as many slots of the processor as the run
 *     has threads, or one GPU
 * @param memoryBytes that it takes at most, 1 MiB to 1 PiB; empty: an estimate
 */
public record Placing(
    int priority, DeviceKind kind, Optional<Integer> count, Optional<Long> memoryBytes) {

  /** What a spec has that says nothing about it. */
  public static final Placing DEFAULT =
      new Placing(0, DeviceKind.CPU, Optional.empty(), Optional.empty());

  /** The least and the greatest priority, without the sign. */
  public static final int MOST_PRIORITY = 1000;

  /** How many devices a run asks for at most. */
  public static final int MOST_DEVICES = 256;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException when a number is out of its range
   */
  public Placing {
    if (Math.abs((long) priority) > MOST_PRIORITY) {
      throw new IllegalArgumentException("a priority of " + priority);
    }
    if (count.filter(devices -> devices < 1 || devices > MOST_DEVICES).isPresent()) {
      throw new IllegalArgumentException("a count of " + count.get() + " devices");
    }
    if (memoryBytes.filter(bytes -> !MemorySize.holds(bytes)).isPresent()) {
      throw new IllegalArgumentException("a memory of " + memoryBytes.get() + " bytes");
    }
  }
}
