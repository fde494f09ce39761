package io.saltus.experiment.session;

import io.saltus.experiment.metric.MetricDescriptor;
import java.util.List;
import java.util.Set;

/**
 * Further metrics of a session, measured by looking at its steps. It reads and can write nothing,
 * so the run it looks at stays the same run. Made for one session by a {@link ProbeFactory} and
 * used by one thread at a time.
 */
public interface MetricProvider {

  /** Who it is, such as {@code fourier-power}: recorded with its values. */
  String name();

  /** Raised whenever the same state gives other values; at least 1. */
  int version();

  /** Its metrics, at least one; none of them deterministic, so none is in a run's digest. */
  List<MetricDescriptor> metrics();

  /** The trained variables whose gradients {@link #record} asks for. */
  default Set<String> gradients() {
    return Set.of();
  }

  /** Whether it looks at a step; nothing is fetched for it at the others. */
  default boolean due(long step) {
    return true;
  }

  /**
   * Records values of a step.
   *
   * @param record metrics by their place in {@link #metrics}; each at most once
   */
  void record(ProbeView view, StepRecord record);

  /**
   * This provider, looking at part of the steps only.
   *
   * @param from the first step of the window
   * @param until the last step of the window, included
   */
  default MetricProvider within(long from, long until) {
    return new ProbeWindow(this, from, until);
  }
}
