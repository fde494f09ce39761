package io.saltus.experiment.metric;

import java.util.Arrays;

/** A column of signed 64-bit integers. */
public final class I64Column implements ScalarColumn {

  private final MetricName name;
  private final Steps steps;
  private final long[] values;

  /**
   * @param values one per step; copied
   * @throws IllegalArgumentException when there is not one value per step
   */
  public I64Column(MetricName name, Steps steps, long[] values) {
    if (values.length != steps.size()) {
      throw new IllegalArgumentException(
          name + ": " + values.length + " values for " + steps.size() + " steps");
    }
    this.name = name;
    this.steps = steps;
    this.values = values.clone();
  }

  @Override
  public MetricName name() {
    return name;
  }

  @Override
  public Steps steps() {
    return steps;
  }

  @Override
  public ColumnKind kind() {
    return ColumnKind.I64;
  }

  /** The value at a place, from 0. */
  public long value(int place) {
    return values[place];
  }

  @Override
  public double asDouble(int place) {
    return values[place];
  }

  /** A copy of the values. */
  public long[] toArray() {
    return values.clone();
  }

  @Override
  public I64Column between(long from, long until) {
    int first = steps.firstAtLeast(from);
    int last = Math.max(first, steps.firstAfter(until));
    return new I64Column(name, steps.slice(first, last), Arrays.copyOfRange(values, first, last));
  }

  /** Equal in name, steps and values. */
  @Override
  public boolean equals(Object other) {
    return other instanceof I64Column that
        && name.equals(that.name)
        && steps.equals(that.steps)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * name.hashCode() + steps.hashCode()) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return name + steps.toString() + Arrays.toString(values);
  }
}
