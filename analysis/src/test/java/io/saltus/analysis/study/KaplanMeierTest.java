package io.saltus.analysis.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.saltus.analysis.study.KaplanMeier.Waiting;
import io.saltus.experiment.jump.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Against remission times under 6-mercaptopurine and placebo: E. J. Freireich and others, Blood 21
 * (1963), as tabled in D. R. Cox, D. Oakes, "Analysis of Survival Data" (1984), pages 8 and 49.
 */
class KaplanMeierTest {

  private static final String TREATED_TIMES =
      "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+";
  private static final String PLACEBO_TIMES = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23";
  private static final KaplanMeier TREATED = KaplanMeier.of(seeds(TREATED_TIMES));
  private static final KaplanMeier PLACEBO = KaplanMeier.of(seeds(PLACEBO_TIMES));

  @Test
  void the_curve_of_the_treated_is_that_of_the_literature() {
    assertThat(TREATED.points())
        .extracting(KaplanMeier.Point::step)
        .containsExactly(6.0, 7.0, 10.0, 13.0, 16.0, 22.0, 23.0);
    assertThat(TREATED.points())
        .extracting(KaplanMeier.Point::atRisk)
        .containsExactly(21, 17, 15, 12, 11, 7, 6);
    assertThat(TREATED.points())
        .extracting(point -> Math.round(point.surviving() * 1000))
        .containsExactly(857L, 807L, 753L, 690L, 627L, 538L, 448L);
    assertThat(TREATED.points())
        .extracting(point -> Math.round(point.deviation() * 10000))
        .containsExactly(764L, 869L, 963L, 1068L, 1141L, 1282L, 1346L);
  }

  @Test
  void medians_and_their_intervals_are_those_of_the_literature() {
    assertThat(TREATED.median()).isEqualTo(23);
    assertThat(TREATED.medianInterval()).isEqualTo(new Interval(13, Double.POSITIVE_INFINITY));
    assertThat(PLACEBO.median()).isEqualTo(8);
    assertThat(PLACEBO.medianInterval()).isEqualTo(new Interval(4, 11));
    assertThat(TREATED.reached()).isEqualTo(9);
    assertThat(TREATED.n()).isEqualTo(21);
  }

  @Test
  void without_censoring_the_curve_is_the_share_that_waits() {
    KaplanMeier curve = KaplanMeier.of(seeds("10 20 30 40"));
    assertThat(curve.points())
        .extracting(KaplanMeier.Point::surviving)
        .usingComparatorForType(
            (a, b) -> Math.abs(a - b) < 1e-12 ? 0 : Double.compare(a, b), Double.class)
        .containsExactly(0.75, 0.5, 0.25, 0.0);
    assertThat(curve.points().get(1).deviation()).isCloseTo(0.25, within(1e-12));
    assertThat(curve.median()).isEqualTo(20);
  }

  @Test
  void a_level_that_fewer_than_half_reach_has_no_median() {
    KaplanMeier curve = KaplanMeier.of(seeds("100 8000+ 8000+ 8000+ 8000+"));
    assertThat(curve.median()).isInfinite();
    assertThat(curve.medianInterval().high()).isInfinite();
    assertThat(KaplanMeier.of(seeds("8000+ 8000+")).medianInterval()).isEqualTo(Interval.NONE);
    assertThat(KaplanMeier.of(seeds("8000+ 8000+")).points()).isEmpty();
  }

  @Test
  void one_seed_gives_no_interval() {
    KaplanMeier curve = KaplanMeier.of(seeds("7"));
    assertThat(curve.median()).isEqualTo(7);
    assertThat(curve.medianInterval()).isEqualTo(Interval.NONE);
  }

  @Test
  void the_order_of_the_seeds_makes_no_difference() {
    List<Waiting> seeds = new ArrayList<>(seeds("6 6+ 7 9+ 10 10+"));
    KaplanMeier curve = KaplanMeier.of(seeds);
    Collections.reverse(seeds);
    assertThat(KaplanMeier.of(seeds)).isEqualTo(curve);
  }

  @Test
  void the_log_rank_test_of_the_two_groups_is_that_of_the_literature() {
    List<Waiting> treated = seeds(TREATED_TIMES);
    List<Waiting> placebo = seeds(PLACEBO_TIMES);
    LogRank test = LogRank.of(treated, placebo);
    assertThat(test.statistic()).isCloseTo(16.79, within(0.005));
    assertThat(test.p()).isCloseTo(4.17e-5, within(2e-7));
    assertThat(LogRank.of(placebo, treated).statistic()).isCloseTo(test.statistic(), within(1e-12));
  }

  @Test
  void groups_that_cannot_be_compared_do_not_differ() {
    assertThat(LogRank.of(seeds("5+ 6+"), seeds("7+"))).isEqualTo(new LogRank(0, 1));
    assertThat(LogRank.of(seeds("5 6"), seeds("5 6"))).isEqualTo(new LogRank(0, 1));
    assertThatThrownBy(() -> LogRank.of(List.of(), seeds("5")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void no_seeds_and_endless_steps_are_refused() {
    assertThatThrownBy(() -> KaplanMeier.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> KaplanMeier.of(List.of(new Waiting(Double.POSITIVE_INFINITY, false))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Times, those with a + censored. */
  private static List<Waiting> seeds(String times) {
    List<Waiting> seeds = new ArrayList<>();
    for (String time : times.split(" ", -1)) {
      seeds.add(new Waiting(Double.parseDouble(time.replace("+", "")), !time.endsWith("+")));
    }
    return seeds;
  }
}
