package io.saltus.bench.ground;

import java.util.Arrays;

/** The middle of several measurements. */
public final class Median {

  private Median() {}

  /** The middle one; of an even number the upper of the two. */
  public static double of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** The middle of the ratios of what was measured in turn, pair by pair. */
  public static double ofRatios(double[] ours, double[] theirs) {
    double[] ratios = new double[ours.length];
    Arrays.setAll(ratios, i -> ours[i] / theirs[i]);
    return of(ratios);
  }
}
