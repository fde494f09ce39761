package io.saltus.experiment.metric;

import java.util.Arrays;

/** A column of histograms over edges that all its steps share. */
public final class HistogramColumn implements Column {

  private final MetricName name;
  private final Steps steps;
  private final double[] edges;
  private final long[] counts;

  /**
   * @param edges at least two, strictly ascending; bin i is [edges[i], edges[i+1]); copied
   * @param counts {@code steps.size() × (edges.length - 1)}, one histogram after the other; copied
   * @throws IllegalArgumentException when the edges do not ascend or the sizes do not fit
   */
  public HistogramColumn(MetricName name, Steps steps, double[] edges, long[] counts) {
    for (int i = 1; i < edges.length; i++) {
      if (!(edges[i - 1] < edges[i])) {
        throw new IllegalArgumentException(name + ": edges must ascend: " + Arrays.toString(edges));
      }
    }
    if (edges.length < 2 || counts.length != (long) steps.size() * (edges.length - 1)) {
      throw new IllegalArgumentException(
          name
              + ": "
              + counts.length
              + " counts for "
              + steps.size()
              + " histograms of "
              + edges.length
              + " edges");
    }
    this.name = name;
    this.steps = steps;
    this.edges = edges.clone();
    this.counts = counts.clone();
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
    return ColumnKind.HISTOGRAM;
  }

  /** A copy of the edges. */
  public double[] edges() {
    return edges.clone();
  }

  /** A copy of the counts at a place, from 0. */
  public long[] counts(int place) {
    int bins = edges.length - 1;
    return Arrays.copyOfRange(counts, place * bins, (place + 1) * bins);
  }

  /** A copy of all counts, one histogram after the other. */
  public long[] toArray() {
    return counts.clone();
  }

  @Override
  public HistogramColumn between(long from, long until) {
    int first = steps.firstAtLeast(from);
    int last = Math.max(first, steps.firstAfter(until));
    int bins = edges.length - 1;
    return new HistogramColumn(
        name,
        steps.slice(first, last),
        edges,
        Arrays.copyOfRange(counts, first * bins, last * bins));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HistogramColumn that
        && name.equals(that.name)
        && steps.equals(that.steps)
        && Arrays.equals(edges, that.edges)
        && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * name.hashCode() + Arrays.hashCode(edges)) + Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return name + steps.toString() + Arrays.toString(edges) + Arrays.toString(counts);
  }
}
