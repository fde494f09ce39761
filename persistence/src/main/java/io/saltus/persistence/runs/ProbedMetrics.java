package io.saltus.persistence.runs;

import io.saltus.experiment.event.ProbeEvent.ProbeRecorded;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What probes recorded of a run's current history. Where a metric was probed more than once at a
 * step, the last value counts; what was probed before the history was rewound counts only up to
 * there.
 */
public final class ProbedMetrics {

  private final SortedMap<String, Probed> metrics = new TreeMap<>();

  /** One metric: the columns that were recorded, and which of them counts at each step. */
  private static final class Probed {

    private MetricDescriptor descriptor;
    private final SortedMap<Long, Column> byStep = new TreeMap<>();

    Probed(MetricDescriptor descriptor) {
      this.descriptor = descriptor;
    }

    void add(MetricDescriptor newer, Column column) {
      if (newer.kind() != descriptor.kind()) {
        // Another provider took the name: values of two kinds are no series.
        byStep.clear();
      }
      descriptor = newer;
      for (int place = 0; place < column.size(); place++) {
        byStep.put(column.steps().at(place), column);
      }
    }
  }

  private ProbedMetrics() {}

  /** Nothing was probed. */
  public static ProbedMetrics none() {
    return new ProbedMetrics();
  }

  /**
   * Adds what was recorded later than all before.
   *
   * @param limit the last step that still counts
   */
  void add(ProbeRecorded event, long limit) {
    for (Column column : event.frame().columns()) {
      Column counting = column.between(0, limit);
      event
          .catalogue()
          .find(column.name())
          .ifPresent(
              descriptor ->
                  metrics
                      .computeIfAbsent(column.name().value(), name -> new Probed(descriptor))
                      .add(descriptor, counting));
    }
  }

  /** The metrics that have values, in byte order of their names. */
  public List<MetricDescriptor> catalogue() {
    return metrics.values().stream()
        .filter(probed -> !probed.byStep.isEmpty())
        .map(probed -> probed.descriptor)
        .toList();
  }

  /** The entry of a metric that has values. */
  public Optional<MetricDescriptor> find(MetricName name) {
    return catalogue().stream().filter(metric -> metric.name().equals(name)).findFirst();
  }

  /** The values of a metric in ascending steps, cut to a range; none of an unknown one. */
  public List<Column> columns(MetricName name, StepRange range) {
    Probed probed = metrics.get(name.value());
    if (probed == null) {
      return List.of();
    }
    long end = range.until() == Long.MAX_VALUE ? Long.MAX_VALUE : range.until() + 1;
    List<Column> columns = new ArrayList<>();
    Optional<Column> current = Optional.empty();
    long first = 0;
    long last = 0;
    for (var entry : probed.byStep.subMap(range.from(), end).entrySet()) {
      Column column = entry.getValue();
      if (current.isEmpty() || current.get() != column) {
        if (current.isPresent()) {
          columns.add(current.get().between(first, last));
        }
        current = Optional.of(column);
        first = entry.getKey();
      }
      last = entry.getKey();
    }
    if (current.isPresent()) {
      columns.add(current.get().between(first, last));
    }
    return columns;
  }
}
