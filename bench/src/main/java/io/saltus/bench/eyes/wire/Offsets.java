package io.saltus.bench.eyes.wire;

import java.util.Arrays;

/** Offsets in the order that they came in; places of events in a journal. */
final class Offsets {

  private long[] all = new long[256];
  private int count;

  void add(long offset) {
    if (count == all.length) {
      all = Arrays.copyOf(all, 2 * count);
    }
    all[count++] = offset;
  }

  long[] toArray() {
    return Arrays.copyOf(all, count);
  }
}
