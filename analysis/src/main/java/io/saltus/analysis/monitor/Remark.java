package io.saltus.analysis.monitor;

import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.metric.MetricName;

/**
 * What a {@link RunMonitor} says. The last word on a metric and a suspected step is what counts.
 */
public sealed interface Remark {

  /** The metric that it is about. */
  MetricName metric();

  /** The step at which it is suspected. */
  long suspectedStep();

  /** The step with whose values it is said. */
  long step();

  /**
   * The level of a metric has changed against its drift.
   *
   * @param changeStep where the change began, as far as can be told so soon; before {@code step}
   * @param statistic twice the logarithm of the likelihood ratio
   * @param rise whether the metric rose
   */
  record Suspected(MetricName metric, long step, long changeStep, double statistic, boolean rise)
      implements Remark {

    @Override
    public long suspectedStep() {
      return step;
    }
  }

  /** A suspicion has become a jump. */
  record Detected(MetricName metric, long suspectedStep, long step, Jump jump) implements Remark {}

  /**
   * A suspicion, or what was detected after it, is taken back.
   *
   * @param reason in words, with numbers
   */
  record Withdrawn(MetricName metric, long suspectedStep, long step, String reason)
      implements Remark {}
}
