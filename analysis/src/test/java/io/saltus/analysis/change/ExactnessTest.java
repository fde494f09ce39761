package io.saltus.analysis.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.saltus.analysis.change.BruteForce.Optimum;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** The fast searches against plain optimal partitioning, also where ties abound. */
class ExactnessTest {

  @Property(tries = 3_000, seed = "11")
  void the_mean_search_finds_the_least_cost_with_the_fewest_changes(
      @ForAll @LongRange(min = 0, max = 1L << 40) long seed,
      @ForAll @IntRange(min = 1, max = 40) int n,
      @ForAll @IntRange(min = 1, max = 5) int minLength) {
    RandomGenerator random = random(seed);
    double[] values = signal(random, n);
    double penalty = random.nextBoolean() ? random.nextInt(6) / 2.0 : 4 * random.nextDouble();
    double[] ones = new double[n];
    Arrays.fill(ones, 1);

    Segmentation found = MeanChanges.of(values, minLength).penalised(penalty);

    Optimum optimum = BruteForce.of(BruteForce.squares(values, ones), penalty, minLength);
    assertThat(found.penalisedCost())
        .isCloseTo(optimum.cost(), within(1e-9 * Math.max(1, Math.abs(optimum.cost()))));
    assertThat(found.changePoints()).hasSize(optimum.changes());
    assertLongEnough(found, minLength);
  }

  @Property(tries = 2_000, seed = "12")
  void the_weighted_mean_search_finds_the_least_cost(
      @ForAll @LongRange(min = 0, max = 1L << 40) long seed,
      @ForAll @IntRange(min = 1, max = 30) int n,
      @ForAll @IntRange(min = 1, max = 4) int minLength) {
    RandomGenerator random = random(seed);
    double[] values = signal(random, n);
    double[] weights = new double[n];
    Arrays.setAll(
        weights, i -> random.nextBoolean() ? 1 + random.nextInt(3) : random.nextDouble() + .1);
    double penalty = 3 * random.nextDouble();

    Segmentation found = MeanChanges.of(values, weights, minLength).penalised(penalty);

    Optimum optimum = BruteForce.of(BruteForce.squares(values, weights), penalty, minLength);
    assertThat(found.penalisedCost())
        .isCloseTo(optimum.cost(), within(1e-9 * Math.max(1, Math.abs(optimum.cost()))));
  }

  @Property(tries = 1_000, seed = "13")
  void the_best_so_many_changes_of_the_mean_equal_those_of_the_search_without_pruning(
      @ForAll @LongRange(min = 0, max = 1L << 40) long seed,
      @ForAll @IntRange(min = 1, max = 30) int n,
      @ForAll @IntRange(min = 1, max = 3) int minLength) {
    RandomGenerator random = random(seed);
    double[] values = signal(random, n);
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    int most = Math.max(0, n / minLength - 1);
    int count = random.nextInt(Math.min(most, 6) + 1);

    Segmentation found = MeanChanges.of(values, minLength).best(count);

    Segmentation plain = BestSegmentation.of(BruteForce.squares(values, ones), count, minLength);
    assertThat(found.changePoints()).hasSize(count);
    assertThat(found.cost()).isCloseTo(plain.cost(), within(1e-9 * Math.max(1, plain.cost())));
    assertLongEnough(found, minLength);
  }

  @Property(tries = 1_000, seed = "14")
  void partitioning_with_pruning_equals_partitioning_without(
      @ForAll @LongRange(min = 0, max = 1L << 40) long seed,
      @ForAll @IntRange(min = 1, max = 60) int n,
      @ForAll @IntRange(min = 1, max = 5) int minLength) {
    RandomGenerator random = random(seed);
    double[] values = signal(random, n);
    Moments moments = new Moments(values);
    double penalty = 10 * random.nextDouble();
    for (SegmentCost cost :
        List.of(
            new MeanOrLineCost(moments, .02, 3 * random.nextDouble()),
            new MeanVarianceCost(moments, .25),
            new LineCost(moments),
            new DistributionCost(values))) {
      Segmentation found = OptimalPartitioning.penalised(cost, penalty, minLength);

      Optimum optimum = BruteForce.of(cost, penalty, minLength);
      assertThat(found.penalisedCost())
          .as(cost.getClass().getSimpleName())
          .isCloseTo(optimum.cost(), within(1e-9 * Math.max(1, Math.abs(optimum.cost()))));
      assertLongEnough(found, minLength);
    }
  }

  private static void assertLongEnough(Segmentation found, int minLength) {
    for (int i = 0; i < found.segments() && found.segments() > 1; i++) {
      assertThat(found.until(i) - found.from(i)).isGreaterThanOrEqualTo(minLength);
    }
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** Noise, small whole numbers (which tie), steps, drifts and spikes. */
  private static double[] signal(RandomGenerator random, int n) {
    int kind = random.nextInt(6);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] =
          switch (kind) {
            case 0 -> random.nextGaussian();
            case 1 -> random.nextInt(3);
            case 2 -> (i > n / 2 ? 5 : 0) + random.nextInt(2);
            case 3 -> i * .3 + random.nextGaussian() * .1;
            case 4 -> 1.5;
            default -> 1e6 + (random.nextInt(8) == 0 ? 10 * random.nextGaussian() : 0);
          };
    }
    return values;
  }
}
