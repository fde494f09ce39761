package io.saltus.analysis.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.saltus.analysis.change.BruteForce.Optimum;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** The search with bounded errors against plain optimal partitioning. */
class OutlierResistantChangesTest {

  @Property(tries = 1_500, seed = "11")
  void it_finds_the_least_cost_with_the_fewest_changes(
      @ForAll @LongRange(min = 0, max = 1L << 40) long seed,
      @ForAll @IntRange(min = 1, max = 25) int n) {
    RandomGenerator random = random(seed);
    double[] values = signal(random, n);
    double bound = random.nextBoolean() ? 1 + random.nextInt(3) : .2 + 3 * random.nextDouble();
    double penalty = random.nextBoolean() ? random.nextInt(8) : 12 * random.nextDouble();

    Segmentation found = OutlierResistantChanges.of(values, bound).penalised(penalty);

    SegmentCost cost = bounded(values, bound);
    Optimum optimum = BruteForce.of(cost, penalty, 1);
    assertThat(found.penalisedCost())
        .isCloseTo(optimum.cost(), within(1e-9 * Math.max(1, optimum.cost())));
    assertThat(found.changePoints()).hasSize(optimum.changes());
    assertThat(Traceback.segmentation(cost, found.changePoints(), penalty).penalisedCost())
        .as("the cost of its change points")
        .isCloseTo(found.penalisedCost(), within(1e-9 * Math.max(1, optimum.cost())));
  }

  @Property(tries = 200, seed = "12")
  void with_a_bound_that_no_value_reaches_it_is_the_search_for_changes_of_the_mean(
      @ForAll @LongRange(min = 0, max = 1L << 40) long seed,
      @ForAll @IntRange(min = 1, max = 200) int n) {
    double[] values = random(seed).doubles(n).map(value -> 5 * value).toArray();

    assertThat(OutlierResistantChanges.of(values, 10).penalised(3).changePoints())
        .isEqualTo(MeanChanges.of(values, 1).penalised(3).changePoints());
  }

  @Test
  void a_wild_value_makes_no_segment_and_a_jump_beside_it_does() {
    RandomGenerator random = random(4);
    double[] values = new double[1_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian() + (i >= 600 ? 3 : 0) + (i % 97 == 0 ? 1e5 : 0);
    }
    double penalty = 3 * Math.log(values.length);

    assertThat(MeanChanges.of(values, 1).penalised(penalty).changePoints()).hasSizeGreaterThan(15);
    assertThat(OutlierResistantChanges.of(values, 3).penalised(penalty).changePoints())
        .singleElement()
        .satisfies(position -> assertThat(position).isBetween(597, 603));
  }

  @Test
  void a_bound_that_is_none_is_refused() {
    double[] values = {1, 2};
    assertThatThrownBy(() -> OutlierResistantChanges.of(values, 0)).hasMessageContaining("bound");
    assertThatThrownBy(() -> OutlierResistantChanges.of(values, Double.NaN))
        .hasMessageContaining("bound");
    assertThatThrownBy(() -> OutlierResistantChanges.of(values, 1).penalised(-1))
        .hasMessageContaining("-1");
  }

  /**
   * Tries the mean of what lies inside, for each place where the loss of a value begins to bend.
   */
  private static SegmentCost bounded(double[] values, double bound) {
    return new SegmentCost() {
      @Override
      public int size() {
        return values.length;
      }

      @Override
      public double of(int from, int until) {
        double least = (until - from) * bound * bound;
        for (int i = from; i < until; i++) {
          for (double edge : new double[] {values[i] - bound, values[i] + bound}) {
            for (double nudge : new double[] {-1e-9, 0, 1e-9}) {
              double at = edge + nudge;
              double sum = 0;
              int inside = 0;
              for (int k = from; k < until; k++) {
                if (Math.abs(values[k] - at) <= bound) {
                  sum += values[k];
                  inside++;
                }
              }
              double mean = inside == 0 ? at : sum / inside;
              double cost = 0;
              for (int k = from; k < until; k++) {
                double off = values[k] - mean;
                cost += Math.min(off * off, bound * bound);
              }
              least = Math.min(least, cost);
            }
          }
        }
        return least;
      }
    };
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  private static double[] signal(RandomGenerator random, int n) {
    int kind = random.nextInt(4);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] =
          switch (kind) {
            case 0 -> 2 * random.nextGaussian();
            case 1 -> random.nextInt(4);
            case 2 -> (i > n / 2 ? 5 : 0) + (random.nextInt(5) == 0 ? 40 : random.nextGaussian());
            default -> .5 * i;
          };
    }
    return values;
  }
}
