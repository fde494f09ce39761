package io.saltus.analysis.jump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class AdditionsTest {

  private static final int CELLS = 60;

  @Property(tries = 60)
  void a_gain_is_what_fitting_everything_again_gains(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    LogBins bins =
        LogBins.of(
            Curves.series(
                "m",
                MetricKind.OTHER,
                CELLS,
                seed,
                new Curves.Noise(1, 0.3, false),
                x -> Curves.rise(x, 1, 0.3)));
    Search search = new Search(bins);
    double[][] columns = new double[3][CELLS];
    Arrays.fill(columns[0], 1);
    for (int k = 1; k < 3; k++) {
      search.rises.fill(random.nextInt(search.rises.size()), columns[k]);
    }
    double before = squares(columns, bins);

    Additions additions = new Additions(search, rest(columns, bins), columns);

    for (int tries = 0; tries < 20; tries++) {
      int rise = random.nextInt(additions.count());
      double[][] more = Arrays.copyOf(columns, 4);
      more[3] = new double[CELLS];
      search.rises.fill(rise, more[3]);
      double gained = before - squares(more, bins);
      if (additions.size(rise) == 0) {
        assertThat(gained).as("next to nothing is left of it").isLessThan(before);
      } else {
        assertThat(additions.gain(rise)).isCloseTo(gained, within(1e-8 * before));
        assertThat(additions.size(rise))
            .isCloseTo(LinearSystem.leastSquares(more, bins.y, bins.weights)[3], within(1e-6));
      }
    }
  }

  private static double squares(double[][] columns, LogBins bins) {
    double[] rest = rest(columns, bins);
    return Drift.dot(rest, rest, bins.weights);
  }

  private static double[] rest(double[][] columns, LogBins bins) {
    double[] coefficients = LinearSystem.leastSquares(columns, bins.y, bins.weights);
    double[] rest = bins.y.clone();
    for (int k = 0; k < columns.length; k++) {
      for (int i = 0; i < rest.length; i++) {
        rest[i] -= coefficients[k] * columns[k][i];
      }
    }
    return rest;
  }
}
