package io.saltus.experiment.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import io.saltus.experiment.session.UntilProgress.Met;
import io.saltus.experiment.spec.UntilRule;
import io.saltus.experiment.spec.UntilRule.Bound;
import java.util.List;
import org.junit.jupiter.api.Test;

class UntilProgressTest {

  private static final MetricName A = new MetricName("a");
  private static final MetricName B = new MetricName("b");
  private static final UntilRule HIGH_A = new UntilRule(A, Bound.AT_LEAST, 0.5, 3);
  private static final UntilRule LOW_B = new UntilRule(B, Bound.AT_MOST, 0.1, 1);

  @Test
  void a_rule_is_met_when_it_has_held_long_enough() {
    UntilProgress progress =
        UntilProgress.of(List.of(HIGH_A)).observe(A, 10, 0.5).observe(A, 11, 0.9);
    assertThat(progress.met()).isEmpty();
    assertThat(progress.since()).containsExactly(10L);
    assertThat(progress.observe(A, 12, 0.6).met()).contains(new Met(HIGH_A, 12));
  }

  @Test
  void a_value_on_the_wrong_side_begins_anew() {
    UntilProgress progress =
        UntilProgress.of(List.of(HIGH_A))
            .observe(A, 10, 0.5)
            .observe(A, 11, 0.4)
            .observe(A, 12, 0.5)
            .observe(A, 13, 0.5);
    assertThat(progress.met()).isEmpty();
    assertThat(progress.since()).containsExactly(12L);
    assertThat(progress.observe(A, 14, Double.NaN).since()).containsExactly(UntilProgress.NOT_HELD);
  }

  @Test
  void steps_between_evaluations_count() {
    assertThat(UntilProgress.of(List.of(HIGH_A)).observe(A, 10, 1).observe(A, 20, 1).met())
        .contains(new Met(HIGH_A, 20));
  }

  @Test
  void one_step_can_be_enough() {
    assertThat(UntilProgress.of(List.of(LOW_B)).observe(B, 0, 0.1).met())
        .contains(new Met(LOW_B, 0));
  }

  @Test
  void other_metrics_and_later_values_change_nothing() {
    UntilProgress start = UntilProgress.of(List.of(LOW_B));
    assertThat(start.observe(A, 1, 0)).isSameAs(start);
    UntilProgress met = start.observe(B, 1, 0);
    assertThat(met.observe(B, 2, 1)).isSameAs(met);
    assertThat(start.watches(B)).isTrue();
    assertThat(start.watches(A)).isFalse();
  }

  @Test
  void of_a_frame_the_earliest_step_counts_whatever_the_order_of_its_columns() {
    F32Column a = new F32Column(A, Steps.of(1, 2, 3, 4), new float[] {1, 1, 1, 1});
    F32Column b = new F32Column(B, Steps.of(1, 2, 3, 4), new float[] {1, 0, 0, 0});
    UntilProgress start = UntilProgress.of(List.of(HIGH_A, LOW_B));
    assertThat(start.observe(new MetricFrame(1, 4, List.of(a, b))).met())
        .contains(new Met(LOW_B, 2));
    assertThat(start.observe(new MetricFrame(1, 4, List.of(b, a))).met())
        .contains(new Met(LOW_B, 2));
  }

  @Test
  void at_one_step_the_first_rule_counts_whatever_the_order_of_the_values() {
    UntilProgress start = UntilProgress.of(List.of(LOW_B, new UntilRule(A, Bound.AT_LEAST, 0, 1)));
    assertThat(start.observe(A, 5, 1).observe(B, 5, 0).met()).contains(new Met(LOW_B, 5));
    assertThat(start.observe(B, 5, 0).observe(A, 5, 1).met()).contains(new Met(LOW_B, 5));
  }

  @Test
  void no_rules_are_never_met() {
    assertThat(UntilProgress.of(List.of()).observe(A, 1, 1).met()).isEmpty();
  }
}
