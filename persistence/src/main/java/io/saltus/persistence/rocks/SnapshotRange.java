package io.saltus.persistence.rocks;

/**
 * Which snapshots of a stream are meant. All bounds are inclusive.
 *
 * @param minSequence the least sequence number
 * @param maxSequence the greatest sequence number
 * @param minTime the least time, in milliseconds since 1970
 * @param maxTime the greatest time, in milliseconds since 1970
 */
public record SnapshotRange(long minSequence, long maxSequence, long minTime, long maxTime) {

  /** All snapshots. */
  public static final SnapshotRange ALL =
      new SnapshotRange(0, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE);

  boolean contains(long sequence, long time) {
    return minSequence <= sequence && sequence <= maxSequence && minTime <= time && time <= maxTime;
  }
}
