package io.saltus.analysis.change;

import java.util.Arrays;

/**
 * How a series scatters about whatever it does, estimated from its differences, which a few changes
 * leave as they are.
 *
 * @param deviation standard deviation of the noise, at least that of rounding to the quantum
 * @param ar1 correlation of neighbouring noise as of an AR(1) process, in [0, 0.95]
 * @param quantum the least difference between two different values; 0 when all are equal
 */
public record Noise(double deviation, double ar1, double quantum) {

  private static final double GREATEST_AR1 = 0.95;

  /** Median of the absolute value of a standard normal variable. */
  private static final double NORMAL_MEDIAN = 0.6744897501960817;

  /**
   * Estimates from the medians m₁ and m₂ of the absolute differences of neighbours and next
   * neighbours. Of AR(1) noise with deviation σ their deviations are σ√(2(1 − φ)) and σ√(2(1 −
   * φ²)), so φ = (m₂/m₁)² − 1. Where m₁ is 0, as on an accuracy that has saturated, only the
   * quantum q speaks: q/√12.
   *
   * @param values at least one, all finite
   */
  public static Noise of(double[] values) {
    double quantum = quantum(values);
    double rounding = quantum / Math.sqrt(12);
    double first = scatter(values, 1);
    double second = scatter(values, 2);
    if (first == 0) {
      return new Noise(rounding, 0, quantum);
    }
    double ratio = second / first;
    double ar1 = second == 0 ? 0 : Math.min(GREATEST_AR1, Math.max(0, ratio * ratio - 1));
    return new Noise(Math.max(rounding, first / Math.sqrt(2 * (1 - ar1))), ar1, quantum);
  }

  /** The variance of the mean of n observations, times n, for large n. */
  public double longRunVariance() {
    return deviation * deviation * (1 + ar1) / (1 - ar1);
  }

  private static double scatter(double[] values, int lag) {
    if (values.length <= lag) {
      return 0;
    }
    double[] differences = new double[values.length - lag];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = Math.abs(values[i + lag] - values[i]);
    }
    Arrays.sort(differences);
    int middle = differences.length / 2;
    double median =
        differences.length % 2 == 1
            ? differences[middle]
            : differences[middle - 1] + (differences[middle] - differences[middle - 1]) / 2;
    return median / NORMAL_MEDIAN;
  }

  static double quantum(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double least = Double.POSITIVE_INFINITY;
    for (int i = 1; i < sorted.length; i++) {
      double difference = sorted[i] - sorted[i - 1];
      // What differs in the last digits only is the same value, computed on two ways.
      double digits = 4 * Math.max(Math.ulp(sorted[i]), Math.ulp(sorted[i - 1]));
      if (difference > digits) {
        least = Math.min(least, difference);
      }
    }
    return least == Double.POSITIVE_INFINITY ? 0 : least;
  }
}
