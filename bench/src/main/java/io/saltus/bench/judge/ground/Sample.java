package io.saltus.bench.judge.ground;

import java.util.Arrays;
import java.util.Collection;

/** Quantiles of measured values. */
public final class Sample {

  private final double[] sorted;

  private Sample(double[] sorted) {
    this.sorted = sorted;
  }

  /** These values, in any order. */
  public static Sample of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Sample(sorted);
  }

  /** These values, in any order. */
  public static Sample of(Collection<Double> values) {
    return of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** How many. */
  public int size() {
    return sorted.length;
  }

  /** The middle one; NaN of none. */
  public double median() {
    return quantile(0.5);
  }

  /**
   * The value below which such a part lies, between two neighbours by a line; NaN of none.
   *
   * @param part in [0, 1]
   */
  public double quantile(double part) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double place = part * (sorted.length - 1);
    int before = (int) place;
    int after = Math.min(sorted.length - 1, before + 1);
    return sorted[before] + (place - before) * (sorted[after] - sorted[before]);
  }
}
