package io.saltus.analysis;

import java.util.Arrays;

/**
 * Fewer points of a series without losing what stands out: the series is cut into buckets of equal
 * count, and of each bucket the first, the last, the least and the greatest value are kept where
 * they are. So every value that is kept was recorded, at its own step; the extremes of the whole
 * series are exact; and of two opposite one-step spikes in one bucket both stay. (Largest-Triangle-
 * Three-Buckets keeps one point per bucket and would drop one of them.) Of the values that are not
 * a number the first of each bucket stays too.
 *
 * <p>Cost: one pass, O(n) time and O(points) memory. The least and the greatest of equal values is
 * the earliest.
 */
public final class Downsampling {

  private static final int PER_BUCKET = 4;

  private Downsampling() {}

  /**
   * The places of the points to keep, ascending; all of them when there are no more than {@code
   * points}.
   *
   * @param values the series, in order; may hold what is not finite
   * @param points how many places at most, at least 1. Below 4 there is one bucket, of which as
   *     many are kept as fit: the greatest, the least, the last, the first
   * @throws IllegalArgumentException when {@code points} is below 1
   */
  public static int[] places(double[] values, int points) {
    if (points < 1) {
      throw new IllegalArgumentException("cannot keep " + points + " points; the least is 1");
    }
    if (values.length <= points) {
      return ascending(values.length);
    }
    int perBucket = hasNan(values) ? PER_BUCKET + 1 : PER_BUCKET;
    int buckets = Math.max(1, points / perBucket);
    int[] kept = new int[Math.max(points, perBucket)];
    int size = 0;
    for (int bucket = 0; bucket < buckets; bucket++) {
      int from = place(values.length, bucket, buckets);
      int until = place(values.length, bucket + 1, buckets);
      size = keep(values, from, until, kept, size, Math.min(points - size, perBucket));
    }
    return Arrays.copyOf(kept, size);
  }

  /** Adds the distinct places of one bucket, at most {@code room} of them, in ascending order. */
  private static int keep(double[] values, int from, int until, int[] kept, int size, int room) {
    Extremes extremes = Extremes.of(values, from, until);
    int[] candidates = {
      extremes.greatest(), extremes.least(), until - 1, from, extremes.notNumber()
    };
    int end = size;
    for (int candidate : candidates) {
      if (candidate >= 0 && end - size < room && !contains(kept, size, end, candidate)) {
        kept[end++] = candidate;
      }
    }
    Arrays.sort(kept, size, end);
    return end;
  }

  private static boolean contains(int[] kept, int from, int until, int place) {
    for (int i = from; i < until; i++) {
      if (kept[i] == place) {
        return true;
      }
    }
    return false;
  }

  /** Where a bucket begins; long, because the product of two ints may not fit one. */
  private static int place(int length, int bucket, int buckets) {
    return (int) ((long) length * bucket / buckets);
  }

  private static int[] ascending(int length) {
    int[] places = new int[length];
    Arrays.setAll(places, place -> place);
    return places;
  }

  private static boolean hasNan(double[] values) {
    for (double value : values) {
      if (Double.isNaN(value)) {
        return true;
      }
    }
    return false;
  }
}
