package io.saltus.analysis.jump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Held against the autocovariances φ^|i − j| of all single values. */
class CellMeansTest {

  private static final int[] COUNTS = {1, 1, 3, 2, 1, 7, 20, 20, 5};

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 0.9, 0.99})
  void coloured_innovations_have_the_covariances_that_means_of_single_values_have(double ar1) {
    CellMeans means = new CellMeans(COUNTS, ar1);
    double[][] exact = exact(ar1);
    double[][] columns = new double[COUNTS.length][];
    for (int k = 0; k < columns.length; k++) {
      columns[k] = new double[COUNTS.length];
      columns[k][k] = 1;
      means.colour(columns[k]);
    }
    for (int i = 0; i < COUNTS.length; i++) {
      for (int j = 0; j < COUNTS.length; j++) {
        double covariance = 0;
        for (double[] column : columns) {
          covariance += column[i] * column[j];
        }
        assertThat(covariance).isCloseTo(exact[i][j], within(1e-12));
      }
      assertThat(means.deviations[i]).isCloseTo(Math.sqrt(exact[i][i]), within(1e-12));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 0.9, 0.99})
  void whitening_takes_back_what_colouring_does(double ar1) {
    CellMeans means = new CellMeans(COUNTS, ar1);
    double[] innovations = {0.3, -1, 2, 0.1, 0, -0.7, 1.1, 0.4, -2};
    double[] values = innovations.clone();
    means.colour(values);
    double squares = Arrays.stream(innovations).map(v -> v * v).sum();
    assertThat(means.squares(values)).isCloseTo(squares, within(1e-9));
    means.whiten(values);
    assertThat(values).containsExactly(innovations, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 0.9, 0.99})
  void a_weighted_sum_deviates_as_much_as_its_covariances_say(double ar1) {
    double[] weights = {1, 0.5, -2, 0, 3, 1, 1, -0.3, 2};
    double variance = 0;
    double[][] exact = exact(ar1);
    for (int i = 0; i < weights.length; i++) {
      for (int j = 0; j < weights.length; j++) {
        variance += weights[i] * weights[j] * exact[i][j];
      }
    }
    assertThat(new CellMeans(COUNTS, ar1).ofSum(weights))
        .isCloseTo(Math.sqrt(variance), within(1e-12));
  }

  private static double[][] exact(double ar1) {
    double[][] result = new double[COUNTS.length][COUNTS.length];
    int firstOfI = 0;
    for (int i = 0; i < COUNTS.length; i++) {
      int firstOfJ = 0;
      for (int j = 0; j < COUNTS.length; j++) {
        double sum = 0;
        for (int a = firstOfI; a < firstOfI + COUNTS[i]; a++) {
          for (int b = firstOfJ; b < firstOfJ + COUNTS[j]; b++) {
            sum += Math.pow(ar1, Math.abs(a - b));
          }
        }
        result[i][j] = sum / (COUNTS[i] * COUNTS[j]);
        firstOfJ += COUNTS[j];
      }
      firstOfI += COUNTS[i];
    }
    return result;
  }
}
