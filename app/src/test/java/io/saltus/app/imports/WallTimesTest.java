package io.saltus.app.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.metric.F64Column;
import org.junit.jupiter.api.Test;

/** The times of a log's events as seconds at its steps. */
class WallTimesTest {

  private static final double NOON = 1_795_435_200.5;

  private final WallTimes times = new WallTimes(Allowance.ofHeap("a test"));

  private void event(double wallTime, long... steps) {
    times.event(wallTime);
    for (long step : steps) {
      times.step(step);
    }
  }

  private F64Column seconds() {
    return (F64Column) times.seconds().column(0, times.seconds().size());
  }

  @Test
  void they_count_from_the_first_event_and_are_told_to_the_microsecond() {
    event(NOON);
    event(NOON + 0.1, 0);
    event(NOON + 2.25, 10);
    event(NOON + 86_400.000_001, 20);
    assertThat(seconds().steps().toArray()).containsExactly(0, 10, 20);
    assertThat(seconds().toArray()).containsExactly(0.1, 2.25, 86_400.000_001);
  }

  @Test
  void a_step_has_the_first_time_that_it_comes_with() {
    event(NOON, 0, 0);
    event(NOON + 1, 1);
    event(NOON + 2, 1, 2);
    // Begun again from step 1, an hour later.
    event(NOON + 3_600, 1);
    event(NOON + 3_601, 2);
    event(NOON + 3_602, 3);
    assertThat(seconds().steps().toArray()).containsExactly(0, 1, 2, 3);
    assertThat(seconds().toArray()).containsExactly(0, 1, 2, 3_602);
    assertThat(times.back()).isZero();
  }

  @Test
  void where_the_clock_went_back_a_step_has_none() {
    event(NOON, 0);
    event(NOON + 5, 1);
    event(NOON - 5, 2, 2);
    event(NOON + 4, 3);
    event(NOON + 5, 4);
    assertThat(seconds().steps().toArray()).containsExactly(0, 1, 4);
    assertThat(times.back()).isEqualTo(2);
  }

  @Test
  void what_is_no_time_is_none() {
    for (double none : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e300}) {
      event(none, 0, 1);
    }
    times.step(2);
    assertThat(times.seconds().size()).isZero();
    event(NOON, 3);
    event(0, 4);
    event(NOON + 1, 5);
    assertThat(seconds().steps().toArray()).containsExactly(3, 5);
    assertThat(seconds().toArray()).containsExactly(0, 1);
  }
}
