package io.saltus.experiment.session;

import io.saltus.experiment.metric.MetricDescriptor;
import java.util.List;
import java.util.Set;

/**
 * A provider that looks at a window of steps.
 *
 * @param inner who measures
 * @param from the first step of the window
 * @param until the last step of the window, included
 */
record ProbeWindow(MetricProvider inner, long from, long until) implements MetricProvider {

  ProbeWindow {
    if (until < from) {
      throw new IllegalArgumentException("a window from " + from + " until " + until);
    }
  }

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public int version() {
    return inner.version();
  }

  @Override
  public List<MetricDescriptor> metrics() {
    return inner.metrics();
  }

  @Override
  public Set<String> gradients() {
    return inner.gradients();
  }

  @Override
  public boolean due(long step) {
    return from <= step && step <= until && inner.due(step);
  }

  @Override
  public void record(ProbeView view, StepRecord record) {
    inner.record(view, record);
  }
}
