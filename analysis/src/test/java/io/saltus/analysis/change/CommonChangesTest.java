package io.saltus.analysis.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.saltus.analysis.change.BruteForce.Optimum;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Common changes against plain optimal partitioning. */
class CommonChangesTest {

  @Property(tries = 500, seed = "11")
  void the_search_finds_the_least_cost(
      @ForAll @LongRange(min = 0, max = 1L << 40) long seed,
      @ForAll @IntRange(min = 1, max = 40) int n,
      @ForAll @IntRange(min = 1, max = 4) int dimensions,
      @ForAll @IntRange(min = 1, max = 4) int minLength) {
    RandomGenerator random = random(seed);
    double[][] series = new double[dimensions][n];
    double[] variances = new double[dimensions];
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    SegmentCost[] parts = new SegmentCost[dimensions];
    for (int k = 0; k < dimensions; k++) {
      variances[k] = .5 + random.nextDouble();
      for (int i = 0; i < n; i++) {
        series[k][i] = random.nextInt(4) + random.nextGaussian() + (i > n / 3 ? 2 : 0);
      }
      parts[k] = BruteForce.squares(series[k], ones);
    }
    double penalty = 10 * random.nextDouble();

    Segmentation found = CommonChanges.of(series, variances, minLength).penalised(penalty);

    Optimum optimum = BruteForce.of(sum(parts, variances, n), penalty, minLength);
    assertThat(found.penalisedCost())
        .isCloseTo(optimum.cost(), within(1e-9 * Math.max(1, optimum.cost())));
  }

  @Test
  void a_change_too_small_for_each_series_is_found_in_all_of_them() {
    RandomGenerator random = random(2);
    double[][] series = new double[20][400];
    double[] variances = new double[20];
    Arrays.fill(variances, 1);
    for (double[] each : series) {
      for (int i = 0; i < each.length; i++) {
        each[i] = random.nextGaussian() + (i >= 250 ? .4 : 0);
      }
    }
    CommonChanges common = CommonChanges.of(series, variances, 1);

    assertThat(MeanChanges.of(series[0], 1).penalised(3 * Math.log(400)).changePoints()).isEmpty();
    assertThat(common.penalised(common.defaultPenalty()).changePoints())
        .singleElement()
        .satisfies(position -> assertThat(position).isBetween(230, 270));
  }

  @Test
  void series_that_do_not_fit_are_refused() {
    double[][] uneven = {{1, 2, 3}, {1, 2}};
    assertThatThrownBy(() -> CommonChanges.of(uneven, new double[] {1, 1}, 1))
        .hasMessageContaining("series 1 has 2 observations");
    assertThatThrownBy(() -> CommonChanges.of(uneven, new double[] {1}, 1))
        .hasMessageContaining("2 series and 1 variances");
    assertThatThrownBy(() -> CommonChanges.of(new double[][] {{1, 2}}, new double[] {0}, 1))
        .hasMessageContaining("variance of series 0");
  }

  private static SegmentCost sum(SegmentCost[] parts, double[] variances, int n) {
    return new SegmentCost() {
      @Override
      public int size() {
        return n;
      }

      @Override
      public double of(int from, int until) {
        double sum = 0;
        for (int k = 0; k < parts.length; k++) {
          sum += parts[k].of(from, until) / variances[k];
        }
        return sum;
      }
    };
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
