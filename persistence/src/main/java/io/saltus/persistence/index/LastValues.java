package io.saltus.persistence.index;

import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.MetricName;
import io.saltus.persistence.projection.MetricStats;
import io.saltus.persistence.projection.Scalar;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The last value of each scalar metric of a run. Runs with the same metrics share their names. */
public final class LastValues {

  /**
   * Metrics and what their values are.
   *
   * @param names in byte order
   * @param kinds in the order of the names
   */
  record Columns(List<MetricName> names, List<ColumnKind> kinds, SortedSet<MetricName> set) {

    static Columns of(List<MetricName> names, List<ColumnKind> kinds) {
      return new Columns(
          List.copyOf(names),
          List.copyOf(kinds),
          Collections.unmodifiableSortedSet(new TreeSet<>(names)));
    }
  }

  private final Columns columns;
  private final long[] bits;

  /** Takes the array over. */
  LastValues(Columns columns, long[] bits) {
    this.columns = columns;
    this.bits = bits;
  }

  static LastValues of(SortedMap<MetricName, MetricStats> metrics) {
    List<Scalar> last = metrics.values().stream().map(MetricStats::last).toList();
    return new LastValues(
        Columns.of(List.copyOf(metrics.keySet()), last.stream().map(Scalar::kind).toList()),
        last.stream().mapToLong(Scalar::bits).toArray());
  }

  Columns columns() {
    return columns;
  }

  long[] bits() {
    return bits;
  }

  /** The metrics; the same object for many runs, in byte order. */
  public Set<MetricName> names() {
    return columns.set();
  }

  /** The last value of one metric; empty when it was not recorded. */
  public Optional<Scalar> of(MetricName name) {
    int place = columns.names().indexOf(name);
    return place < 0
        ? Optional.empty()
        : Optional.of(new Scalar(columns.kinds().get(place), bits[place]));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LastValues that
        && columns.equals(that.columns)
        && Arrays.equals(bits, that.bits);
  }

  @Override
  public int hashCode() {
    return 31 * columns.hashCode() + Arrays.hashCode(bits);
  }

  @Override
  public String toString() {
    return Map.of(columns.names(), Arrays.toString(bits)).toString();
  }
}
