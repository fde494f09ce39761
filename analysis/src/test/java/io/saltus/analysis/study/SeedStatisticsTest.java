package io.saltus.analysis.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.saltus.analysis.jump.MetricKind;
import io.saltus.analysis.jump.MetricSeries;
import io.saltus.experiment.jump.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeedStatisticsTest {

  /** Treated mice of Efron and Tibshirani, table 2.1. */
  private static final double[] MICE = {94, 197, 16, 38, 99, 141, 23};

  @ParameterizedTest
  @CsvSource({
    // L. D. Brown and others (2001) and the formula by hand.
    "0, 10, 0, 0.277533",
    "10, 10, 0.722467, 1",
    "5, 10, 0.236593, 0.763407",
    "4, 5, 0.375535, 0.963776",
    "5, 5, 0.565518, 1",
    "15, 20, 0.531299, 0.888138"
  })
  void wilsons_interval_is_that_of_the_formula(int shown, int n, double low, double high) {
    assertThat(Proportion.wilson(shown, n).low()).isCloseTo(low, within(2e-6));
    assertThat(Proportion.wilson(shown, n).high()).isCloseTo(high, within(2e-6));
  }

  @Test
  void shares_that_are_none_are_refused() {
    assertThatThrownBy(() -> Proportion.wilson(1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Proportion.wilson(3, 2)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.5",
    "1.959963984540054, 0.975",
    "-1, 0.15865525393145707",
    "3, 0.9986501019683699"
  })
  void the_normal_distribution_is_that_of_tables(double x, double share) {
    assertThat(Normal.below(x)).isCloseTo(share, within(1e-14));
    assertThat(Normal.quantile(share)).isCloseTo(x, within(1e-11));
  }

  @Test
  void the_bootstrap_of_a_mean_comes_to_what_all_resamples_come_to() {
    double[] all = allMeans(MICE);
    SeedBootstrap.Estimate mean = SeedBootstrap.mean(MICE, 1);
    assertThat(mean.value()).isCloseTo(608 / 7.0, within(1e-12));
    // BCa over all 7^7 resamples, computed here by itself.
    double centre = 608 / 7.0;
    double bias =
        Normal.quantile(
            (Arrays.stream(all).filter(v -> v < centre - 1e-9).count()
                    + Arrays.stream(all).filter(v -> v <= centre + 1e-9).count())
                / 2.0
                / all.length);
    double squares = Arrays.stream(MICE).map(v -> (v - centre) * (v - centre)).sum();
    double cubes = Arrays.stream(MICE).map(v -> Math.pow(v - centre, 3)).sum();
    double acceleration = cubes / (6 * Math.pow(squares, 1.5));
    double low = bias - 1.959964;
    double high = bias + 1.959964;
    assertThat(mean.interval().low())
        .isCloseTo(at(all, Normal.below(bias + low / (1 - acceleration * low))), within(2.0));
    assertThat(mean.interval().high())
        .isCloseTo(at(all, Normal.below(bias + high / (1 - acceleration * high))), within(2.0));
    // To the right of the percentile interval, because the mice are skewed to the right.
    assertThat(mean.interval().high()).isGreaterThan(at(all, 0.975));
  }

  @Test
  void the_interval_of_mirrored_values_is_mirrored() {
    double[] mirrored = Arrays.stream(MICE).map(value -> -value).toArray();
    Interval one = SeedBootstrap.mean(MICE, 1).interval();
    Interval other = SeedBootstrap.mean(mirrored, 1).interval();
    assertThat(other.low()).isCloseTo(-one.high(), within(1e-9));
    assertThat(other.high()).isCloseTo(-one.low(), within(1e-9));
  }

  @Test
  void the_interval_of_a_median_has_ends_among_the_values() {
    SeedBootstrap.Estimate median = SeedBootstrap.median(MICE, 1);
    assertThat(median.value()).isEqualTo(94);
    // Of all resamples of seven, 2.5 % have a median below the second and above the sixth value.
    assertThat(median.interval()).isEqualTo(new Interval(23, 141));
  }

  @Test
  void one_value_has_no_interval_and_equal_ones_an_empty_one() {
    assertThat(SeedBootstrap.mean(new double[] {5}, 1))
        .isEqualTo(new SeedBootstrap.Estimate(5, Interval.NONE, 1));
    assertThat(SeedBootstrap.median(new double[] {5}, 1).interval()).isEqualTo(Interval.NONE);
    assertThat(SeedBootstrap.mean(new double[] {5, 5, 5}, 1).interval())
        .isEqualTo(new Interval(5, 5));
  }

  @Test
  void the_same_seed_gives_the_same_interval_and_another_nearly_the_same() {
    assertThat(SeedBootstrap.mean(MICE, 4)).isEqualTo(SeedBootstrap.mean(MICE, 4));
    assertThat(SeedBootstrap.mean(MICE, 5)).isNotEqualTo(SeedBootstrap.mean(MICE, 4));
    assertThat(SeedBootstrap.mean(MICE, 5).interval().low())
        .isCloseTo(SeedBootstrap.mean(MICE, 4).interval().low(), within(3.0));
  }

  @Test
  void no_values_and_endless_ones_are_refused() {
    assertThatThrownBy(() -> SeedBootstrap.mean(new double[0], 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SeedBootstrap.median(new double[] {1, Double.NaN}, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void intervals_of_means_of_five_hold_the_truth_about_as_often_as_the_guide_says() {
    Random random = new Random(7);
    int held = 0;
    int tries = 300;
    for (int i = 0; i < tries; i++) {
      double[] values = random.doubles(5).map(u -> Normal.quantile(0.0005 + 0.999 * u)).toArray();
      Interval interval = SeedBootstrap.mean(values, i).interval();
      held += interval.low() <= 0 && 0 <= interval.high() ? 1 : 0;
    }
    assertThat((double) held / tries).isBetween(0.8, 0.9);
  }

  @Test
  void bands_are_over_the_seeds_that_are_still_there() {
    SeedBands bands =
        SeedBands.over(
            List.of(
                series(new double[] {0, 1, 2, 3}, 1, 2, 3, 4),
                series(new double[] {0, 2}, 3, 7),
                series(new double[] {0, 1, 2}, 5, Double.NaN, 8)),
            100);
    assertThat(bands.points())
        .containsExactly(
            new SeedBands.Point(0, 3, 3, 1, 2, 3, 4, 5),
            new SeedBands.Point(1, 2, 2.5, 2, 2.25, 2.5, 2.75, 3),
            new SeedBands.Point(2, 3, 6, 3, 5, 7, 7.5, 8),
            new SeedBands.Point(3, 1, 4, 4, 4, 4, 4, 4));
  }

  @Test
  void bands_of_long_runs_keep_first_and_last_and_are_dense_where_steps_are_few() {
    double[] steps = new double[10_001];
    Arrays.setAll(steps, i -> i);
    SeedBands bands = SeedBands.over(List.of(series(steps, steps)), 50);
    assertThat(bands.points()).hasSizeBetween(30, 50);
    assertThat(bands.points().get(0).step()).isZero();
    assertThat(bands.points().get(bands.points().size() - 1).step()).isEqualTo(10_000);
    assertThat(bands.points().stream().filter(point -> point.step() < 100).count())
        .isGreaterThan(10);
    assertThat(bands.points()).allSatisfy(p -> assertThat(p.mean()).isEqualTo(p.step()));
    assertThatThrownBy(() -> SeedBands.over(List.of(), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static MetricSeries series(double[] steps, double... values) {
    return new MetricSeries("validation.accuracy", steps, values, MetricKind.ACCURACY, 0);
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }

  /** The sorted means of all n^n resamples. */
  private static double[] allMeans(double[] values) {
    int n = values.length;
    double[] means = new double[(int) Math.round(Math.pow(n, n))];
    for (int i = 0; i < means.length; i++) {
      double sum = 0;
      for (int k = i, j = 0; j < n; j++, k /= n) {
        sum += values[k % n];
      }
      means[i] = sum / n;
    }
    Arrays.sort(means);
    return means;
  }
}
