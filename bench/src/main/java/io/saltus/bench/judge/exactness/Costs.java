package io.saltus.bench.judge.exactness;

import io.saltus.analysis.change.ChangeModel;
import java.util.Arrays;

/**
 * What a segment costs, written down from the documentation and summed anew for each segment: slow,
 * and independent of what is judged.
 */
@FunctionalInterface
public interface Costs {

  /** Of the values from one position to another, the latter excluded. */
  double of(int from, int until);

  /** The costs of a model for a series. */
  static Costs of(ChangeModel model, double[] values) {
    double n = values.length;
    double variance = aboutMean(values, 0, values.length) / n;
    double rounding = quantum(values) * quantum(values) / 12;
    return switch (model) {
      case MEAN -> (from, until) -> aboutMean(values, from, until);
      case SLOPE -> (from, until) -> aboutLine(values, from, until);
      case MEAN_VARIANCE ->
          (from, until) -> likelihood(aboutMean(values, from, until), until - from, rounding);
      case AUTO ->
          (from, until) ->
              Math.min(
                  likelihood(aboutMean(values, from, until), until - from, 0.02 * variance),
                  likelihood(aboutLine(values, from, until), until - from, 0.02 * variance)
                      + 3 * Math.log(n));
      case DISTRIBUTION -> throw new IllegalArgumentException("no costs for " + model.word());
    };
  }

  private static double likelihood(double squares, int count, double floor) {
    return count * Math.log(Math.max(squares / count + floor, Double.MIN_NORMAL));
  }

  private static double aboutMean(double[] values, int from, int until) {
    double mean = Arrays.stream(values, from, until).average().orElseThrow();
    return Arrays.stream(values, from, until).map(v -> (v - mean) * (v - mean)).sum();
  }

  private static double aboutLine(double[] values, int from, int until) {
    double n = until - from;
    double mean = Arrays.stream(values, from, until).average().orElseThrow();
    double middle = (from + until - 1) / 2.0;
    double turning = 0;
    double spread = 0;
    for (int i = from; i < until; i++) {
      turning += (i - middle) * (values[i] - mean);
      spread += (i - middle) * (i - middle);
    }
    if (n < 3) {
      return 0;
    }
    double squares = 0;
    for (int i = from; i < until; i++) {
      double off = values[i] - mean - turning / spread * (i - middle);
      squares += off * off;
    }
    return squares;
  }

  /** The least difference between two different values; 0 when all are equal. */
  private static double quantum(double[] values) {
    double[] sorted = Arrays.stream(values).sorted().distinct().toArray();
    double least = Double.POSITIVE_INFINITY;
    for (int i = 1; i < sorted.length; i++) {
      least = Math.min(least, sorted[i] - sorted[i - 1]);
    }
    return sorted.length < 2 ? 0 : least;
  }
}
