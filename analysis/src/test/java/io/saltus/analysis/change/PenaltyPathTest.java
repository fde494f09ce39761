package io.saltus.analysis.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.saltus.analysis.change.PenaltyPath.Optimum;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** The path against searches for single penalties. */
class PenaltyPathTest {

  @Property(tries = 300, seed = "11")
  void for_every_penalty_of_the_range_the_path_has_the_optimum(
      @ForAll @LongRange(min = 0, max = 1L << 40) long seed,
      @ForAll @IntRange(min = 1, max = 120) int n) {
    RandomGenerator random = random(seed);
    double[] values = random.doubles(n).map(value -> 6 * value).toArray();
    MeanChanges search = MeanChanges.of(values, 1);

    List<Optimum> path = PenaltyPath.of(search::penalised, .5, 60).optima();

    assertThat(path.get(0).most()).isEqualTo(60);
    assertThat(path.get(path.size() - 1).least()).isEqualTo(.5);
    for (int i = 1; i < path.size(); i++) {
      assertThat(path.get(i).most()).isEqualTo(path.get(i - 1).least());
      assertThat(path.get(i).segmentation().segments())
          .isGreaterThan(path.get(i - 1).segmentation().segments());
    }
    for (int i = 0; i < 20; i++) {
      double penalty = random.nextDouble(.5, 60);
      Segmentation expected = search.penalised(penalty);
      Segmentation found =
          path.stream()
              .filter(each -> each.least() <= penalty && penalty <= each.most())
              .findFirst()
              .orElseThrow()
              .segmentation();
      assertThat(found.cost() + penalty * found.changePoints().size())
          .isCloseTo(expected.penalisedCost(), within(1e-9 * (1 + expected.penalisedCost())));
    }
  }

  @Test
  void the_modified_bic_chooses_the_changes_that_are_there() {
    double[] values = new double[600];
    RandomGenerator random = random(9);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian() + (i < 200 ? 0 : i < 330 ? 2 : -1);
    }
    PenaltyPath path = PenaltyPath.of(MeanChanges.of(values, 1)::penalised, 1, 1e6);

    assertThat(path.optima()).hasSizeGreaterThan(20);
    assertThat(path.optima().get(0).segmentation().changePoints()).isEmpty();
    List<Integer> chosen = path.chosen(1).changePoints();
    assertThat(chosen).hasSize(2);
    assertThat(chosen.get(0)).isBetween(195, 205);
    assertThat(chosen.get(1)).isBetween(326, 334);
  }

  @Test
  void the_modified_bic_of_noise_chooses_no_change() {
    double[] values = new double[500];
    RandomGenerator random = random(10);
    for (int run = 0; run < 20; run++) {
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextGaussian();
      }
      PenaltyPath path = PenaltyPath.of(MeanChanges.of(values, 10)::penalised, 3, 1e6);
      assertThat(path.chosen(1).changePoints()).as("run %d", run).isEmpty();
    }
  }

  @Test
  void a_range_that_is_none_is_refused() {
    MeanChanges search = MeanChanges.of(new double[] {1, 2}, 1);
    assertThatThrownBy(() -> PenaltyPath.of(search::penalised, 2, 1))
        .hasMessageContaining("from 2.0 to 1.0");
    assertThatThrownBy(() -> PenaltyPath.of(search::penalised, 1, 2).chosen(0))
        .hasMessageContaining("variance");
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
