package io.saltus.actors;

import java.time.Duration;

/**
 * How much room is kept on the disk, and how it is looked at.
 *
 * @param floor below so many free bytes runs pause; at most a tenth of the disk, so that a small
 *     one is of use
 * @param margin so many more must be free before they go on: what they write at once must not pause
 *     them again
 * @param every how often it is looked at
 */
record DiskRoom(long floor, long margin, Duration every) {

  private static final int SHARE = 10;

  DiskRoom {
    if (floor < 0 || margin < 0 || every.isNegative() || every.isZero()) {
      throw new IllegalArgumentException(
          "disk: a floor of %d bytes, a margin of %d, looked at every %s"
              .formatted(floor, margin, every));
    }
  }

  /** The floor on a disk of a size. */
  long floorOf(long totalBytes) {
    return Math.min(floor, totalBytes / SHARE);
  }

  /** What must be free on a disk of a size before runs go on. */
  long roomOf(long totalBytes) {
    return floorOf(totalBytes) + Math.min(margin, totalBytes / SHARE);
  }
}
