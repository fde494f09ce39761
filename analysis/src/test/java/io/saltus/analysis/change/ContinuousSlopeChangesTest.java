package io.saltus.analysis.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Continuous slopes against every set of knots, and on signals whose knots are known. */
class ContinuousSlopeChangesTest {

  @Property(tries = 2_000, seed = "41")
  void the_search_finds_the_least_cost_with_the_fewest_changes(
      @ForAll @LongRange(min = 0, max = 1L << 40) long seed,
      @ForAll @IntRange(min = 1, max = 10) int n) {
    RandomGenerator random = random(seed);
    double[] x = abscissae(random, n);
    double[] y = signal(random, n);
    double penalty = random.nextBoolean() ? random.nextInt(6) / 2.0 : 6 * random.nextDouble();

    BrokenLine found = ContinuousSlopeChanges.of(x, y).penalised(penalty);

    EveryBrokenLine.Optimum optimum = EveryBrokenLine.of(x, y, penalty);
    double margin = 1e-9 * Math.max(1, optimum.cost());
    assertThat(found.penalisedCost()).isCloseTo(optimum.cost(), within(margin));
    assertThat(found.changePoints()).hasSize(optimum.changes().size());
    if (optimum.lead() > margin) {
      assertThat(found.changePoints()).isEqualTo(optimum.changes());
    }
    assertThat(EveryBrokenLine.squares(x, y, found.changePoints()))
        .as("the least squares with these knots")
        .isCloseTo(found.cost(), within(margin));
    assertThat(squares(x, y, found))
        .as("the squares about the line as given")
        .isCloseTo(found.cost(), within(margin));
  }

  @Property(tries = 60, seed = "42")
  void a_line_added_to_the_values_changes_nothing_but_the_levels(
      @ForAll @LongRange(min = 0, max = 1L << 40) long seed,
      @ForAll @IntRange(min = 3, max = 120) int n) {
    RandomGenerator random = random(seed);
    double[] values = new double[n];
    double[] tilted = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextGaussian() + Math.abs(i - n / 2);
      tilted[i] = values[i] + 1e6 - 1e3 * i;
    }
    double penalty = 2 * Math.log(n);

    BrokenLine plain = ContinuousSlopeChanges.of(values).penalised(penalty);
    BrokenLine other = ContinuousSlopeChanges.of(tilted).penalised(penalty);

    assertThat(other.changePoints()).isEqualTo(plain.changePoints());
    assertThat(other.cost()).isCloseTo(plain.cost(), within(1e-6 * (1 + plain.cost())));
    for (int i = 0; i < plain.knots().size(); i++) {
      Knot knot = plain.knots().get(i);
      assertThat(other.knots().get(i).level())
          .isCloseTo(knot.level() + 1e6 - 1e3 * knot.position(), within(1e-6));
    }
  }

  @Test
  void the_corners_of_a_noisy_triangle_wave_are_found_where_they_are() {
    SplittableRandom random = new SplittableRandom(7);
    double[] values = new double[1_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = 2 * random.nextGaussian() + triangle(i);
    }
    ContinuousSlopeChanges search = ContinuousSlopeChanges.of(values);

    BrokenLine found = search.penalised(search.defaultPenalty());

    assertThat(search.variance()).isBetween(3.2, 4.8);
    assertThat(found.changePoints()).hasSize(4);
    for (int k = 0; k < 4; k++) {
      int corner = 200 * (k + 1);
      assertThat(found.changePoints().get(k)).isBetween(corner - 4, corner + 4);
      assertThat(found.knots().get(k + 1).level()).isCloseTo(triangle(corner), within(1.5));
    }
    for (int segment = 0; segment < 5; segment++) {
      assertThat(found.slope(segment)).isCloseTo(segment % 2 == 0 ? -.5 : .5, within(.02));
    }
  }

  @Test
  void a_triangle_without_noise_is_found_exactly_with_uneven_steps_and_for_every_penalty() {
    double[] x = {-3, 0, .5, 1, 2.5, 4, 8, 16, 17, 40};
    double[] y = Arrays.stream(x).map(at -> at <= 4 ? 2 * at : 8 - (at - 4) / 2).toArray();
    for (double penalty : new double[] {0, 1e-12, 1, 20}) {
      BrokenLine found = ContinuousSlopeChanges.of(x, y).penalised(penalty);

      assertThat(found.changePoints()).as("penalty %s", penalty).containsExactly(5);
      assertThat(found.cost()).isCloseTo(0, within(1e-20));
      assertThat(found.knots().get(1).abscissa()).isEqualTo(4);
      assertThat(found.knots().get(1).level()).isCloseTo(8, within(1e-12));
      assertThat(found.slope(0)).isCloseTo(2, within(1e-12));
      assertThat(found.slope(1)).isCloseTo(-.5, within(1e-12));
    }
  }

  @Test
  void noise_about_a_line_has_no_changes() {
    SplittableRandom random = new SplittableRandom(8);
    for (int run = 0; run < 20; run++) {
      double[] values = new double[400];
      for (int i = 0; i < values.length; i++) {
        values[i] = .1 * i + random.nextGaussian();
      }
      ContinuousSlopeChanges search = ContinuousSlopeChanges.of(values);
      assertThat(search.penalised(search.defaultPenalty(1)).changePoints())
          .as("run %d", run)
          .hasSizeLessThan(2);
      assertThat(search.penalised(6 * Math.log(400)).changePoints()).as("run %d", run).isEmpty();
    }
  }

  @Test
  void one_two_and_equal_observations_are_a_line_without_changes() {
    BrokenLine point = ContinuousSlopeChanges.of(new double[] {7}).penalised(1);
    assertThat(point.knots()).containsExactly(new Knot(0, 0, 7));
    assertThat(point.slope(0)).isZero();
    assertThat(point.cost()).isZero();

    BrokenLine two = ContinuousSlopeChanges.of(new double[] {7, 5}).penalised(0);
    assertThat(two.knots()).hasSize(2);
    assertThat(two.slope(0)).isCloseTo(-2, within(1e-12));

    double[] equal = new double[500];
    Arrays.fill(equal, .1);
    ContinuousSlopeChanges search = ContinuousSlopeChanges.of(equal);
    assertThat(search.defaultPenalty()).isZero();
    for (double penalty : new double[] {0, 1, 1e300}) {
      BrokenLine found = search.penalised(penalty);
      assertThat(found.changePoints()).isEmpty();
      assertThat(found.knots().get(1).level()).isCloseTo(.1, within(1e-12));
    }
  }

  @Test
  void a_high_level_costs_no_digits_and_a_huge_penalty_no_answer() {
    double[] values = new double[200];
    double[] high = new double[200];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(i - 120) + i % 2;
      high[i] = 1e15 + values[i];
    }
    BrokenLine found = ContinuousSlopeChanges.of(values).penalised(5);
    assertThat(found.changePoints()).containsExactly(120);
    BrokenLine raised = ContinuousSlopeChanges.of(high).penalised(5);
    assertThat(raised.changePoints()).containsExactly(120);
    assertThat(raised.cost()).isCloseTo(found.cost(), within(1e-6));
    assertThat(ContinuousSlopeChanges.of(values).penalised(1e300).changePoints()).isEmpty();
  }

  @Test
  void it_gives_a_penalty_path_its_segmentations() {
    double[] values = {0, 1, 2, 3, 4, 3.1, 2, 1, .1, 1, 2, 3.2, 4};
    ContinuousSlopeChanges search = ContinuousSlopeChanges.of(values);

    PenaltyPath path = PenaltyPath.of(penalty -> search.penalised(penalty).segmentation(), .1, 1e4);

    assertThat(path.optima().get(0).segmentation().changePoints()).isEmpty();
    assertThat(path.optima().get(path.optima().size() - 1).segmentation().changePoints())
        .isEqualTo(List.of(4, 8));
  }

  @Test
  void what_cannot_be_searched_is_refused_by_name() {
    double[] values = {1, 2, 3};
    ContinuousSlopeChanges search = ContinuousSlopeChanges.of(values);
    assertThatThrownBy(() -> ContinuousSlopeChanges.of(new double[0]))
        .hasMessageContaining("at least one observation");
    assertThatThrownBy(() -> ContinuousSlopeChanges.of(new double[] {1, Double.NaN}))
        .hasMessage("observation 1 is NaN");
    assertThatThrownBy(() -> ContinuousSlopeChanges.of(new double[] {1, 2}, values))
        .hasMessage("2 abscissae for 3 observations");
    assertThatThrownBy(() -> ContinuousSlopeChanges.of(new double[] {1, 2, 2}, values))
        .hasMessageContaining("number 2 is 2.0");
    assertThatThrownBy(() -> ContinuousSlopeChanges.of(new double[] {0, 1e-200, 1}, values))
        .hasMessageContaining("too close together");
    assertThatThrownBy(
            () -> ContinuousSlopeChanges.of(new double[] {-Double.MAX_VALUE, 0, 1e308}, values))
        .hasMessageContaining("too close together in a range of Infinity");
    assertThatThrownBy(() -> ContinuousSlopeChanges.of(new double[ContinuousSlopeChanges.MOST + 1]))
        .hasMessageContaining("at most 5000 observations, and there are 5001");
    assertThatThrownBy(() -> search.penalised(-1)).hasMessage("the penalty of a change is -1.0");
    assertThatThrownBy(() -> search.penalised(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> search.defaultPenalty(-1)).hasMessageContaining("variance");
  }

  private static double triangle(int i) {
    return Math.abs((i + 200) % 400 - 200) / -2.0 + 100;
  }

  private static double squares(double[] x, double[] y, BrokenLine line) {
    double squares = 0;
    int segment = 0;
    for (int i = 0; i < y.length; i++) {
      while (segment < line.changePoints().size() && i > line.changePoints().get(segment)) {
        segment++;
      }
      Knot from = line.knots().get(segment);
      double off = y[i] - from.level() - line.slope(segment) * (x[i] - from.abscissa());
      squares += off * off;
    }
    return squares;
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  private static double[] abscissae(RandomGenerator random, int n) {
    boolean even = random.nextBoolean();
    double[] x = new double[n];
    double at = random.nextInt(-5, 5);
    for (int i = 0; i < n; i++) {
      at += even ? 1 : .05 + 3 * random.nextDouble();
      x[i] = at;
    }
    return x;
  }

  /** Noise, small whole numbers (which tie), corners, jumps and spikes. */
  private static double[] signal(RandomGenerator random, int n) {
    int kind = random.nextInt(6);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] =
          switch (kind) {
            case 0 -> 2 * random.nextGaussian();
            case 1 -> random.nextInt(3);
            case 2 -> Math.abs(i - n / 2) + .3 * random.nextGaussian();
            case 3 -> (i > n / 2 ? 5 : 0) + .3 * i;
            case 4 -> 1.5 + 2.0 * i;
            default -> 1e4 + (random.nextInt(6) == 0 ? 20 * random.nextGaussian() : 0);
          };
    }
    return values;
  }
}
