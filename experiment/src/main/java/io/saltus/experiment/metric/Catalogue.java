package io.saltus.experiment.metric;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The metrics that an attempt records, in the order of its frames' columns.
 *
 * @param metrics each name once
 */
public record Catalogue(List<MetricDescriptor> metrics) {

  /**
   * @throws IllegalArgumentException when a name stands twice
   */
  public Catalogue {
    metrics = List.copyOf(metrics);
    Set<MetricName> seen = new HashSet<>();
    for (MetricDescriptor metric : metrics) {
      if (!seen.add(metric.name())) {
        throw new IllegalArgumentException("metric " + metric.name() + " stands twice");
      }
    }
  }

  /** The entry of a name. */
  public Optional<MetricDescriptor> find(MetricName name) {
    return metrics.stream().filter(metric -> metric.name().equals(name)).findFirst();
  }

  /**
   * The place of a name.
   *
   * @throws IllegalArgumentException when no metric has that name
   */
  public int indexOf(MetricName name) {
    for (int i = 0; i < metrics.size(); i++) {
      if (metrics.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no metric " + name + " in the catalogue");
  }
}
