package io.saltus.tf.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Schedules against formulas written a second time, and against values known beforehand. */
class LearningRateTest {

  private static final double INITIAL = 0.02;
  private static final RateSchedule PIECEWISE =
      new RateSchedule.Piecewise(new TreeMap<>(Map.of(5L, 0.01, 12L, 0.03, 13L, 1e-9)));

  @Test
  void a_constant_rate_warms_up_and_stays() {
    assertThat(rates(4, RateSchedule.CONSTANT, 1, 2, 3, 4, 5, 1_000_000))
        .containsExactly(0.005, 0.01, 0.015, 0.02, 0.02, 0.02);
  }

  @Test
  void a_linear_one_falls_from_the_end_of_the_warm_up_to_the_last_step_and_stays() {
    assertThat(rates(2, new RateSchedule.Linear(6, 0.004), 1, 2, 4, 6, 7, 1_000_000_000_000L))
        .containsExactly(0.01, 0.02, 0.012, 0.004, 0.004, 0.004);
  }

  @Test
  void a_cosine_is_half_way_in_the_middle_and_ends_exactly_at_its_last_rate() {
    List<Double> rates = rates(0, new RateSchedule.Cosine(12, 0), 3, 4, 6, 8, 9, 12, 13);
    double[] known = {
      0.01 * (1 + Math.sqrt(0.5)), 0.015, 0.01, 0.005, 0.01 * (1 - Math.sqrt(0.5)), 0, 0
    };
    for (int i = 0; i < known.length; i++) {
      assertThat(rates.get(i)).isCloseTo(known[i], within(1e-16));
    }
    assertThat(rates.get(5)).isZero();
  }

  @Test
  void steps_fall_at_every_multiple() {
    assertThat(rates(0, new RateSchedule.Step(10, 0.5), 1, 9, 10, 19, 20, 30))
        .containsExactly(0.02, 0.02, 0.01, 0.01, 0.005, 0.0025);
  }

  @Test
  void an_inverse_root_halves_when_steps_are_four_times_as_many() {
    assertThat(rates(25, new RateSchedule.InverseSqrt(100), 5, 25, 100, 400, 1600))
        .containsExactly(0.004, 0.02, 0.02, 0.01, 0.005);
  }

  @Test
  void a_piecewise_rate_holds_from_its_place_on() {
    assertThat(rates(0, PIECEWISE, 1, 4, 5, 11, 12, 13, 1_000_000))
        .containsExactly(0.02, 0.02, 0.01, 0.01, 0.03, 1e-9, 1e-9);
  }

  @TestFactory
  List<DynamicTest> with_a_warm_up_every_schedule_is_its_formula_times_the_warmth() {
    return List.of(
        same("constant", RateSchedule.CONSTANT, s -> INITIAL),
        same(
            "linear",
            new RateSchedule.Linear(29, 0.001),
            s -> s < 7 ? INITIAL : s > 29 ? 0.001 : (INITIAL * (29 - s) + 0.001 * (s - 7)) / 22),
        same(
            "cosine",
            new RateSchedule.Cosine(29, 0.001),
            s ->
                s < 7
                    ? INITIAL
                    : s > 29
                        ? 0.001
                        : 0.0105 + 0.0095 * Math.cos(Math.toRadians(180.0 * (s - 7) / 22))),
        same(
            "step",
            new RateSchedule.Step(3, 0.7),
            s -> {
              double rate = INITIAL;
              for (long fall = 3; fall <= s; fall += 3) {
                rate *= 0.7;
              }
              return rate;
            }),
        same(
            "inverse-sqrt",
            new RateSchedule.InverseSqrt(9),
            s -> s < 9 ? INITIAL : INITIAL * 3 / Math.sqrt(s)),
        same("piecewise", PIECEWISE, s -> s < 5 ? INITIAL : s < 12 ? 0.01 : s == 12 ? 0.03 : 1e-9));
  }

  private static DynamicTest same(String name, RateSchedule schedule, LongToDoubleFunction rate) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          LearningRate learningRate = new LearningRate(INITIAL, 7, schedule);
          for (long step = 1; step <= 60; step++) {
            assertThat(learningRate.at(step))
                .as("step %d", step)
                .isCloseTo(Math.min(1, step / 7.0) * rate.applyAsDouble(step), within(1e-15));
          }
        });
  }

  private static List<Double> rates(long warmUp, RateSchedule schedule, long... steps) {
    LearningRate rate = new LearningRate(INITIAL, warmUp, schedule);
    return Arrays.stream(steps).mapToObj(rate::at).toList();
  }
}
