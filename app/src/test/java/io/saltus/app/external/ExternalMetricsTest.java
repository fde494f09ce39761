package io.saltus.app.external;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.metric.MetricName;
import org.junit.jupiter.api.Test;

/** What is known of metrics that others tell. */
class ExternalMetricsTest {

  @Test
  void how_fast_a_loop_was_is_in_no_digest() {
    assertThat(ExternalMetrics.metric(MetricName.WALL_SECONDS, "s").deterministic()).isFalse();
    assertThat(ExternalMetrics.metric(MetricName.STEPS_PER_SECOND, "").deterministic()).isFalse();
    assertThat(ExternalMetrics.metric(new MetricName("train.loss"), "").deterministic()).isTrue();
  }
}
