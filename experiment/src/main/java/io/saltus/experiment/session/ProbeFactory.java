package io.saltus.experiment.session;

import java.util.List;
import java.util.Optional;

/**
 * Makes {@link MetricProvider}s by the name of a metric. Found by {@link java.util.ServiceLoader}.
 */
public interface ProbeFactory {

  /** The names of all metrics it can measure in such a session. */
  List<String> offered(ProbeContext context);

  /** A provider of a metric; empty when {@link #offered} does not name it. */
  Optional<MetricProvider> create(String metric, ProbeContext context);
}
