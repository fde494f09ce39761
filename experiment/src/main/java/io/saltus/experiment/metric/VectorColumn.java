package io.saltus.experiment.metric;

import java.util.Arrays;

/** A column of vectors of one fixed length, IEEE singles kept bit for bit. */
public final class VectorColumn implements Column {

  private final MetricName name;
  private final Steps steps;
  private final int length;
  private final float[] values;

  /**
   * @param length of each vector, at least 1
   * @param values {@code steps.size() × length}, one vector after the other; copied
   * @throws IllegalArgumentException when the sizes do not fit
   */
  public VectorColumn(MetricName name, Steps steps, int length, float[] values) {
    if (length < 1 || values.length != (long) steps.size() * length) {
      throw new IllegalArgumentException(
          name + ": " + values.length + " values for " + steps.size() + " vectors of " + length);
    }
    this.name = name;
    this.steps = steps;
    this.length = length;
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
    return ColumnKind.VECTOR;
  }

  /** The length of each vector. */
  public int length() {
    return length;
  }

  /** A copy of the vector at a place, from 0. */
  public float[] vector(int place) {
    return Arrays.copyOfRange(values, place * length, (place + 1) * length);
  }

  /** A copy of all values, one vector after the other. */
  public float[] toArray() {
    return values.clone();
  }

  @Override
  public VectorColumn between(long from, long until) {
    int first = steps.firstAtLeast(from);
    int last = Math.max(first, steps.firstAfter(until));
    return new VectorColumn(
        name,
        steps.slice(first, last),
        length,
        Arrays.copyOfRange(values, first * length, last * length));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VectorColumn that
        && name.equals(that.name)
        && steps.equals(that.steps)
        && length == that.length
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
