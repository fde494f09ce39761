package io.saltus.analysis.jump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PartsTest {

  @Property
  void a_richards_curve_crosses_a_share_where_it_says(
      @ForAll @DoubleRange(min = -2, max = 2) double logShape,
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double share) {
    Richards curve = new Richards(2, 0.1, Math.exp(logShape), 0, 1, 0);
    assertThat(curve.at(curve.crossing(share))).isCloseTo(share, within(1e-9));
    assertThat(curve.at(2)).isCloseTo(0.5, within(1e-12));
  }

  @Property
  void isotonic_regression_is_monotone_and_keeps_the_mean(
      @ForAll @Size(min = 1, max = 50) double[] seeds) {
    double[] y = Arrays.stream(seeds).map(Math::sin).toArray();
    double[] weights = Arrays.stream(seeds).map(v -> 1 + Math.abs(Math.cos(v))).toArray();
    double[] fit = Isotonic.fit(y, weights, 1);
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += weights[i] * (y[i] - fit[i]);
      if (i > 0) {
        assertThat(fit[i]).isGreaterThanOrEqualTo(fit[i - 1]);
      }
    }
    assertThat(sum).isCloseTo(0, within(1e-9));
  }

  @Test
  void corrections_for_many_tests_agree_with_r() {
    double[] p = {0.01, 0.02, 0.03, Double.NaN, 0.5};
    assertThat(MultipleTesting.holm(p)).containsExactly(0.04, 0.06, 0.06, Double.NaN, 0.5);
    double[] q = MultipleTesting.benjaminiYekutieli(p);
    assertThat(q[0]).isCloseTo(0.08333333333, within(1e-9));
    assertThat(q[2]).isCloseTo(0.08333333333, within(1e-9));
    assertThat(q[4]).isCloseTo(1, within(1e-9));
  }

  @Test
  void within_one_family_of_one_the_correction_for_selection_changes_nothing() {
    double[] q = MultipleTesting.benjaminiYekutieli(new double[] {0.004});
    assertThat(MultipleTesting.withinSelected(q, 0, 0.004)).isCloseTo(q[0], within(1e-12));
    assertThat(MultipleTesting.withinSelected(q, 0, 0.02)).isCloseTo(0.02, within(1e-12));
  }

  @Test
  void within_a_family_a_test_pays_for_the_families_that_were_not_selected() {
    double[] p = {0.0001, 0.0001, 0.9, Double.NaN};
    double[] q = MultipleTesting.benjaminiYekutieli(p);
    double harmonic = 1 + 1 / 2.0 + 1 / 3.0;
    double expected = 0.001 * 3 * harmonic / 2;
    assertThat(MultipleTesting.withinSelected(q, 0, 0.0001)).isCloseTo(q[0], within(1e-12));
    assertThat(MultipleTesting.withinSelected(q, 0, 0.001)).isCloseTo(expected, within(1e-12));
    assertThat(MultipleTesting.withinSelected(q, 2, 0.001)).isCloseTo(q[2], within(1e-12));
    assertThat(MultipleTesting.withinSelected(q, 0, Double.NaN)).isNaN();
  }

  @Test
  void a_p_value_counts_ties_and_is_never_zero() {
    double[] scores = {1, 2, 2, 3};
    assertThat(NullTest.p(scores, 2)).isEqualTo(0.8);
    assertThat(NullTest.p(scores, 9)).isEqualTo(0.2);
    assertThat(NullTest.p(scores, 0)).isEqualTo(1);
  }

  @Test
  void a_change_without_room_between_its_neighbours_is_fitted_on_the_cells_around_it() {
    LogBins bins =
        LogBins.of(
            Curves.series(
                "m",
                MetricKind.OTHER,
                300,
                1,
                new Curves.Noise(0.01, 0, false),
                u -> Curves.rise(u, 1.5, 0.2)));
    Region region = new Region(List.of(0), 1.4, 1.6, 1, 0.2);

    ChangeFit fit =
        new ChangeFit(
            bins,
            MetricKind.OTHER,
            region,
            1.5,
            1.5,
            new NoiseModel(bins, 0.01, 0),
            new Ground(bins, new double[bins.size()]));

    assertThat(fit.from).isLessThan(1.5);
    assertThat(fit.to).isGreaterThan(1.5);
    assertThat(fit.curve.at(1.5)).isFinite();
  }
}
