package io.saltus.analysis.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Series at the edge of what can be searched, for every search. */
class EdgesTest {

  /** Every search for a penalty. */
  enum Search {
    AUTO,
    MEAN,
    MEAN_VARIANCE,
    SLOPE,
    DISTRIBUTION,
    WEIGHTED_MEAN,
    MEAN_AMONG_OUTLIERS,
    COMMON_MEANS,
    CONTINUOUS_SLOPE;

    Segmentation of(double[] values, double penalty) {
      return switch (this) {
        case AUTO, MEAN, MEAN_VARIANCE, SLOPE, DISTRIBUTION -> {
          ChangeModel model = ChangeModel.valueOf(name());
          yield ChangeDetection.of(values, model, model.minLength())
              .penalised(penalty)
              .segmentation();
        }
        case WEIGHTED_MEAN -> MeanChanges.of(values, twos(values.length), 1).penalised(penalty);
        case MEAN_AMONG_OUTLIERS -> OutlierResistantChanges.of(values, 20).penalised(penalty);
        case COMMON_MEANS ->
            CommonChanges.of(new double[][] {values, values}, new double[] {1, 2}, 1)
                .penalised(penalty);
        case CONTINUOUS_SLOPE ->
            ContinuousSlopeChanges.of(values).penalised(penalty).segmentation();
      };
    }

    private static double[] twos(int n) {
      double[] weights = new double[n];
      Arrays.fill(weights, 2);
      return weights;
    }
  }

  @ParameterizedTest
  @EnumSource(Search.class)
  void an_empty_series_and_values_that_are_not_finite_are_refused_by_name(Search search) {
    assertThatThrownBy(() -> search.of(new double[0], 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a series needs at least one observation");
    for (double wrong :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      assertThatThrownBy(() -> search.of(new double[] {1, wrong, 2}, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith("observation 1 is " + wrong);
    }
  }

  @ParameterizedTest
  @EnumSource(Search.class)
  void penalties_that_are_none_are_refused_by_name(Search search) {
    for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> search.of(new double[] {1, 2, 3, 4}, wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the penalty of a change is " + wrong);
    }
  }

  @ParameterizedTest
  @EnumSource(Search.class)
  void squares_that_are_no_doubles_are_refused_and_not_taken_for_zero_or_infinity(Search search) {
    for (double scale : new double[] {1e-300, Double.MIN_VALUE, 1e200, Double.MAX_VALUE / 2}) {
      assertThatThrownBy(() -> search.of(new double[] {-scale, scale, 0}, 1))
          .as("scale %s", scale)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the squares of their differences are no doubles; scale them");
    }
  }

  @ParameterizedTest
  @EnumSource(Search.class)
  void one_two_and_equal_observations_have_no_changes_for_any_penalty(Search search) {
    for (double penalty : new double[] {0, 1e-300, 1, 1e300, Double.MAX_VALUE}) {
      for (double level : new double[] {0, .1, 1e15, 1e-300, -1e300}) {
        for (int n : new int[] {1, 2, 3, 50}) {
          double[] equal = new double[n];
          Arrays.fill(equal, level);
          Segmentation found = search.of(equal, penalty);
          assertThat(found.changePoints())
              .as("%d times %s, penalty %s", n, level, penalty)
              .isEmpty();
          assertThat(found.cost()).isNotNaN();
        }
      }
    }
    assertThat(search.of(new double[] {4, 9}, 1e4).changePoints()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Search.class)
  void a_huge_penalty_leaves_no_change_and_no_infinite_cost(Search search) {
    double[] values = bend(200, 0);
    Segmentation found = search.of(values, Double.MAX_VALUE);
    assertThat(found.changePoints()).isEmpty();
    assertThat(found.penalisedCost()).isFinite();
  }

  @ParameterizedTest
  @EnumSource(Search.class)
  void a_level_of_ten_to_the_fourteenth_changes_nothing(Search search) {
    double[] values = bend(200, 0);
    double[] high = bend(200, 1e14);

    Segmentation found = search.of(values, 40);
    Segmentation raised = search.of(high, 40);

    assertThat(found.changePoints()).isNotEmpty();
    assertThat(raised.changePoints()).isEqualTo(found.changePoints());
    assertThat(raised.cost()).isCloseTo(found.cost(), within(1e-6 * Math.abs(found.cost())));
  }

  @ParameterizedTest
  @EnumSource(ChangeModel.class)
  void a_least_length_beyond_the_series_leaves_one_segment(ChangeModel model) {
    double[] values = bend(20, 0);
    for (int minLength : new int[] {11, 21, 1_000_000, Integer.MAX_VALUE}) {
      ChangeDetection detection = ChangeDetection.of(values, model, minLength);
      assertThat(detection.penalised(0).changes()).as("length %d", minLength).isEmpty();
      assertThat(detection.best(0).changes()).isEmpty();
      assertThatThrownBy(() -> detection.best(1))
          .hasMessageContaining("1 changes need")
          .hasMessageContaining("and there are 20");
    }
    assertThatThrownBy(() -> ChangeDetection.of(values, model, 0))
        .hasMessage("the least length of a segment is 0");
  }

  @ParameterizedTest
  @EnumSource(ChangeModel.class)
  void as_many_changes_as_observations_and_more_are_refused(ChangeModel model) {
    ChangeDetection detection = ChangeDetection.of(bend(12, 0), model, 1);
    for (int count : new int[] {12, 13, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> detection.best(count))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(
              "%d changes need %d observations, and there are 12".formatted(count, count + 1L));
    }
    assertThatThrownBy(() -> detection.best(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(detection.best(11).changes()).hasSize(11);
  }

  @ParameterizedTest
  @EnumSource(ChangeModel.class)
  void the_report_of_a_high_level_has_the_means_and_intervals_of_a_low_one(ChangeModel model) {
    ChangeReport low = ChangeDetection.of(bend(200, 0), model, 3).penalised(40);
    ChangeReport high = ChangeDetection.of(bend(200, 1e14), model, 3).penalised(40);

    assertThat(high.changes()).hasSameSizeAs(low.changes());
    for (int i = 0; i < low.changes().size(); i++) {
      assertThat(high.changes().get(i).earliest()).isEqualTo(low.changes().get(i).earliest());
      assertThat(high.changes().get(i).latest()).isEqualTo(low.changes().get(i).latest());
      assertThat(high.changes().get(i).confidence()).isBetween(.95, 1.0);
    }
    for (int i = 0; i < low.segments().size(); i++) {
      assertThat(high.segments().get(i).mean() - 1e14)
          .isCloseTo(low.segments().get(i).mean(), within(.25));
      assertThat(high.segments().get(i).deviation())
          .isCloseTo(low.segments().get(i).deviation(), within(1e-6));
    }
  }

  @Test
  void a_least_length_beyond_a_series_on_a_grid_leaves_one_segment() {
    double[] values = bend(10_001, 0);
    ChangeDetection detection =
        ChangeDetection.of(values, ChangeModel.MEAN_VARIANCE, Integer.MAX_VALUE);
    assertThat(detection.penalised(1).changes()).isEmpty();
  }

  @Test
  void weights_that_are_none_or_too_large_are_refused() {
    double[] values = {1, 2};
    for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> MeanChanges.of(values, new double[] {1, wrong}, 1))
          .hasMessage("the weight of observation 1 is " + wrong);
    }
    assertThatThrownBy(() -> MeanChanges.of(values, new double[] {1}, 1))
        .hasMessage("1 weights for 2 observations");
    assertThatThrownBy(() -> MeanChanges.of(values, new double[] {1e308, 1e308}, 1))
        .hasMessageContaining("are too large: scale them");
  }

  @Test
  void a_bound_for_outliers_whose_square_is_no_double_is_refused() {
    for (double wrong : new double[] {1e-200, 1e200, -3, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> OutlierResistantChanges.of(new double[] {1, 2}, wrong))
          .hasMessage("the bound between noise and outliers is " + wrong);
    }
  }

  @Test
  void a_series_in_common_that_is_wrong_is_named_by_its_number() {
    double[] ones = {1, 1};
    assertThatThrownBy(() -> CommonChanges.of(new double[][] {{1, 2}, {1, Double.NaN}}, ones, 1))
        .hasMessage("series 1: observation 1 is NaN");
    assertThatThrownBy(
            () -> CommonChanges.of(new double[][] {{0, 1e140}}, new double[] {1e-300}, 1))
        .hasMessageStartingWith("series 0: ");
    assertThatThrownBy(() -> CommonChanges.of(new double[][] {{0, 1}}, new double[] {1}, 0))
        .hasMessageContaining("least length");
  }

  @Test
  void the_noise_of_one_two_and_equal_values_is_a_number() {
    for (double[] values : new double[][] {{3}, {3, 4}, {3, 3, 3, 3}, {1e15, 1e15 + 1}}) {
      Noise noise = Noise.of(values);
      assertThat(noise.deviation()).isFinite().isNotNegative();
      assertThat(noise.ar1()).isBetween(0.0, .95);
      assertThat(noise.longRunVariance()).isFinite().isNotNegative();
    }
    assertThat(Noise.of(new double[] {3, 3, 3}).deviation()).isZero();
  }

  @Test
  void the_noise_is_that_of_the_process_whatever_a_few_jumps_do() {
    for (double phi : new double[] {0, .5, .9}) {
      SplittableRandom random = new SplittableRandom(5);
      double[] values = new double[200_000];
      double noise = 0;
      for (int i = 0; i < values.length; i++) {
        noise = phi * noise + 2 * Math.sqrt(1 - phi * phi) * random.nextGaussian();
        int jumps = i / 40_000;
        values[i] = noise + 100 * jumps;
      }
      Noise found = Noise.of(values);
      assertThat(found.ar1()).as("phi %s", phi).isCloseTo(phi, within(.04));
      assertThat(found.deviation()).as("phi %s", phi).isCloseTo(2, within(.3));
    }
  }

  /** Falls, turns and jumps, in whole quarters, so that a level of 10¹⁴ rounds nothing away. */
  private static double[] bend(int n, double level) {
    SplittableRandom random = new SplittableRandom(11);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      double trend = i < n / 2 ? -i : i - n + 40;
      values[i] = level + trend + Math.rint(4 * random.nextGaussian()) / 4;
    }
    return values;
  }
}
