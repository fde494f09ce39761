package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import io.saltus.experiment.session.UntilProgress;
import io.saltus.experiment.spec.UntilRule;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameVerdictTest {

  private static final MetricName LOSS = new MetricName("train.loss");
  private static final Catalogue CATALOGUE =
      Timings.addTo(
          new Catalogue(
              List.of(
                  new MetricDescriptor(
                      LOSS, "", ColumnKind.F64, 1, "nats", "every step", true, false))));
  private static final UntilRule LOW = new UntilRule(LOSS, UntilRule.Bound.AT_MOST, 0.1, 2);

  @Test
  void a_run_goes_on_before_its_last_step() {
    FrameVerdict verdict = verdict(frame(1, 0.5, 0.05), 10);
    assertThat(verdict).isInstanceOf(FrameVerdict.Continues.class);
    assertThat(((FrameVerdict.Continues) verdict).progress().since()).containsExactly(2L);
  }

  @Test
  void the_last_step_completes_a_run() {
    assertThat(verdict(frame(9, 0.5, 0.5), 10)).isInstanceOf(FrameVerdict.Completes.class);
  }

  @Test
  void a_rule_completes_a_run_also_across_frames() {
    UntilProgress before = UntilProgress.of(List.of(LOW)).observe(LOSS, 4, 0.05);
    FrameVerdict verdict = FrameVerdict.of(frame(5, 0.05), CATALOGUE, before, 10);
    assertThat(((FrameVerdict.Completes) verdict).progress().met())
        .contains(new UntilProgress.Met(LOW, 5));
  }

  @Test
  void a_value_that_is_not_finite_outweighs_the_last_step() {
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThat(verdict(frame(9, 0.5, value), 10)).isEqualTo(new FrameVerdict.NotFinite(LOSS));
    }
  }

  @Test
  void a_timing_that_is_not_finite_ends_nothing() {
    MetricFrame timed =
        new MetricFrame(
            1,
            1,
            List.of(
                new F64Column(Timings.STEPS_PER_SECOND, Steps.of(1), new double[] {Double.NaN})));
    assertThat(verdict(timed, 10)).isInstanceOf(FrameVerdict.Continues.class);
  }

  private static FrameVerdict verdict(MetricFrame frame, long end) {
    return FrameVerdict.of(frame, CATALOGUE, UntilProgress.of(List.of(LOW)), end);
  }

  private static MetricFrame frame(long from, double... values) {
    long[] steps = new long[values.length];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = from + i;
    }
    return new MetricFrame(
        from, from + values.length - 1, List.of(new F64Column(LOSS, Steps.of(steps), values)));
  }
}
