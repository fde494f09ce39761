package io.saltus.bench.judge.curves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.saltus.analysis.jump.MetricKind;
import io.saltus.analysis.jump.MetricSeries;
import io.saltus.bench.judge.curves.Score.Outcome;
import io.saltus.experiment.jump.Bootstrap;
import io.saltus.experiment.jump.Interval;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.jump.JumpKind;
import io.saltus.experiment.jump.Sharp;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatchingTest {

  private static final MetricSeries NOTHING =
      new MetricSeries("m", new double[0], new double[0], MetricKind.OTHER, 0);

  @Test
  void a_call_is_true_for_one_jump_and_a_jump_for_one_call() {
    LabelledCurve curve = curve(List.of(truth(2.00), truth(2.06)));
    // 2.03 could be either; 2.08 only the second.
    Matching matching = Matching.of(curve, List.of(call(2.03), call(2.08), call(2.04)));
    assertThat(matching.pairs()).hasSize(2);
    assertThat(matching.falseCalls()).hasSize(1);
  }

  @Test
  void all_are_matched_that_can_be_whatever_is_nearest() {
    // The nearest call of the first jump is the only one of the second.
    LabelledCurve curve = curve(List.of(truth(2.00), truth(2.05)));
    Matching matching = Matching.of(curve, List.of(call(2.01), call(1.96)));
    assertThat(matching.pairs()).hasSize(2);
  }

  @Test
  void a_call_beyond_the_tolerance_is_false() {
    assertThat(Matching.of(curve(List.of(truth(2))), List.of(call(2.051))).falseCalls()).hasSize(1);
    assertThat(Matching.of(curve(List.of(truth(2))), List.of(call(1.951))).pairs()).hasSize(1);
  }

  @Test
  void a_spike_is_true_only_as_a_loss_spike_and_a_jump_never_is_one() {
    Jump spike = call(2, JumpKind.LOSS_SPIKE);
    assertThat(Matching.of(curve(List.of(Truth.spike(2))), List.of(spike)).pairs()).hasSize(1);
    assertThat(Matching.of(curve(List.of(Truth.spike(2))), List.of(call(2))).falseCalls())
        .hasSize(1);
    assertThat(Matching.of(curve(List.of(truth(2))), List.of(spike)).falseCalls()).hasSize(1);
  }

  @Test
  void calls_at_unscored_places_are_neither_true_nor_false() {
    LabelledCurve curve = new LabelledCurve(NOTHING, List.of(truth(2)), List.of(3.0));
    Matching matching = Matching.of(curve, List.of(call(2), call(3.02)));
    assertThat(matching.pairs()).hasSize(1);
    assertThat(matching.falseCalls()).isEmpty();
  }

  @Test
  void scores_count_what_was_missed_what_was_wrong_and_what_intervals_hold() {
    LabelledCurve curve = curve(List.of(truth(2), truth(3)));
    Score score =
        Score.of(
            List.of(
                new Outcome(Generator.STAIRCASE, curve, List.of(call(2.01), call(2.5))),
                new Outcome(Generator.STAIRCASE, curve, List.of(call(2), call(3)))));
    assertThat(score.recall().value()).isEqualTo(0.75);
    assertThat(score.precision().value()).isEqualTo(0.75);
    assertThat(score.withoutFalseCalls().value()).isEqualTo(0.5);
    assertThat(score.dating().get(0)).isCloseTo(Math.pow(10, 0.01) - 1, within(1e-12));
    // Intervals of calls reach 0.005 decades to either side: 2.01 misses 2.
    assertThat(score.midpoint().hits()).isEqualTo(2);
    assertThat(score.midpoint().of()).isEqualTo(3);
    // No delta is known.
    assertThat(score.delta().of()).isEqualTo(0);
  }

  private static LabelledCurve curve(List<Truth> truths) {
    return new LabelledCurve(NOTHING, truths, List.of());
  }

  private static Truth truth(double midpoint) {
    return new Truth(midpoint - 0.1, midpoint, midpoint + 0.1, Double.NaN, false);
  }

  private static Jump call(double midpoint) {
    return call(midpoint, JumpKind.UNCLASSIFIED);
  }

  static Jump call(double midpoint, JumpKind kind) {
    Interval interval =
        new Interval(Math.pow(10, midpoint - 0.005), Math.pow(10, midpoint + 0.005));
    return new Jump(
        "m",
        kind,
        Math.pow(10, midpoint - 0.1),
        Math.pow(10, midpoint),
        Math.pow(10, midpoint + 0.1),
        interval,
        interval,
        interval,
        0,
        1,
        1,
        Interval.NONE,
        0.2,
        Interval.NONE,
        Sharp.YES,
        false,
        false,
        false,
        10,
        0.01,
        0.001,
        0.001,
        new Bootstrap(99, 1, 1),
        Double.NaN,
        List.of(),
        "");
  }
}
