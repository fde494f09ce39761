package io.saltus.analysis.monitor;

import java.util.Arrays;

/**
 * A growing series in bounded memory: of each of {@value #PER_DECADE} parts of a decade of steps
 * the first value: all up to step 1,700, some 19,000 of 10⁷. Values are kept as they are and not
 * averaged, because how much single evaluations scatter decides what is large.
 *
 * <p>Cost: one comparison per value, and no logarithm.
 */
final class Thinned {

  static final int PER_DECADE = 4000;
  private static final double RATIO = StrictMath.pow(10, 1.0 / PER_DECADE);

  private long[] positions = new long[256];
  private long[] steps = new long[256];
  private double[] values = new double[256];
  private int size;
  private long next = 1;

  /**
   * Adds an observation, if it is the first of its part.
   *
   * @param position its number in the series, from 0
   * @param step above that of the one before; 0 is left out, because it has no logarithm
   */
  void add(long position, long step, double value) {
    if (step < next) {
      return;
    }
    if (size == steps.length) {
      positions = Arrays.copyOf(positions, 2 * size);
      steps = Arrays.copyOf(steps, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    positions[size] = position;
    steps[size] = step;
    values[size++] = value;
    next = Math.max(step + 1, (long) Math.ceil(step * RATIO));
  }

  int size() {
    return size;
  }

  /** The steps that are kept, ascending. */
  double[] steps() {
    double[] copy = new double[size];
    for (int i = 0; i < size; i++) {
      copy[i] = steps[i];
    }
    return copy;
  }

  /** Their values. */
  double[] values() {
    return Arrays.copyOf(values, size);
  }

  /** The step of a position: between those that are kept, in proportion, else the nearest. */
  long stepOf(long position) {
    int found = Arrays.binarySearch(positions, 0, size, position);
    if (found >= 0) {
      return steps[found];
    }
    int after = -found - 1;
    if (after == 0 || after == size) {
      return size == 0 ? 0 : steps[Math.min(after, size - 1)];
    }
    double part =
        (double) (position - positions[after - 1]) / (positions[after] - positions[after - 1]);
    return steps[after - 1] + Math.round(part * (steps[after] - steps[after - 1]));
  }
}
