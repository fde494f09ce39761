package io.saltus.analysis.jump;

/**
 * One metric of one run. The arrays are read in place and not kept beyond the analysis.
 *
 * @param name such as {@code validation.accuracy}
 * @param steps from 0, finite, ascending
 * @param values one per step; NaN and infinities are allowed and count as missing, except that a
 *     series that ends in them has collapsed
 * @param evaluated examples behind each value, for the binomial deviation of an accuracy; 0 when
 *     unknown
 */
@SuppressWarnings("ArrayRecordComponent") // millions of values, compared by nobody
public record MetricSeries(
    String name, double[] steps, double[] values, MetricKind kind, long evaluated) {

  /**
   * @throws IllegalArgumentException when the lengths differ or a step is not finite, negative or
   *     not after the one before it
   */
  public MetricSeries {
    if (steps.length != values.length) {
      throw new IllegalArgumentException(
          name + ": " + steps.length + " steps for " + values.length + " values");
    }
    double before = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < steps.length; i++) {
      if (!(steps[i] > before && steps[i] >= 0 && steps[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "%s: step %s at position %d follows %s".formatted(name, steps[i], i, before));
      }
      before = steps[i];
    }
    if (evaluated < 0) {
      throw new IllegalArgumentException(name + ": " + evaluated + " examples evaluated");
    }
  }
}
