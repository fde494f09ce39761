package io.saltus.experiment.session;

import io.saltus.experiment.spec.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Probes chosen by the names of their metrics.
 *
 * @param factories asked in this order
 * @param context of the session to be probed
 */
public record ProbeSelection(List<ProbeFactory> factories, ProbeContext context) {

  /** Copies the factories. */
  public ProbeSelection {
    factories = List.copyOf(factories);
  }

  /** The names of all metrics that can be probed, in byte order, each once. */
  public List<String> offered() {
    return factories.stream()
        .flatMap(factory -> factory.offered(context).stream())
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * One provider per name, in their order; a name that stands twice counts once.
   *
   * @throws SessionException when a name is unknown; the message suggests the nearest one, or lists
   *     all
   */
  public List<MetricProvider> choose(List<String> metrics) {
    List<MetricProvider> chosen = new ArrayList<>();
    for (String metric : new LinkedHashSet<>(metrics)) {
      chosen.add(find(metric).orElseThrow(() -> unknown(metric)));
    }
    return List.copyOf(chosen);
  }

  private Optional<MetricProvider> find(String metric) {
    return factories.stream()
        .flatMap(factory -> factory.create(metric, context).stream())
        .findFirst();
  }

  private SessionException unknown(String metric) {
    List<String> offered = offered();
    return new SessionException(
        "no metric "
            + metric
            + " can be probed in this run; "
            + Nearest.to(metric, offered)
                .map(near -> "did you mean " + near + "?")
                .orElse("there are " + String.join(", ", offered)));
  }
}
