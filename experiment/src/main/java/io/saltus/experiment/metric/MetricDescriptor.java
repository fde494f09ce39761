package io.saltus.experiment.metric;

/**
 * One entry of an attempt's catalogue.
 *
 * @param name of the metric
 * @param split the data it is measured on, such as {@code validation}; empty when on none
 * @param kind of its column
 * @param width values per step: 1 for scalars and artefacts, the length of a vector, the number of
 *     counts of a histogram
 * @param unit such as {@code nats} or {@code steps/s}; empty for a plain number
 * @param cadence in words: {@code every step}, {@code every 10 steps}, {@code 50 per decade}
 * @param deterministic whether a re-execution must give the same bits; only then it is part of the
 *     series digest
 * @param afterUpdate whether the value at step s is measured with the weights after update s (as
 *     evaluations are) or before it (as training metrics are)
 */
public record MetricDescriptor(
    MetricName name,
    String split,
    ColumnKind kind,
    int width,
    String unit,
    String cadence,
    boolean deterministic,
    boolean afterUpdate) {

  /**
   * @throws IllegalArgumentException when {@code width} is below 1, or not 1 for a scalar
   */
  public MetricDescriptor {
    if (width < 1 || (kind.isScalar() && width != 1)) {
      throw new IllegalArgumentException("width of " + name + " (" + kind + ") is " + width);
    }
  }
}
