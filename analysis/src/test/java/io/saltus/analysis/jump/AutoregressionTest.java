package io.saltus.analysis.jump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AutoregressionTest {

  private static final double[] UNBIASED = {1, 0, 0, 0};

  @Test
  void what_a_fit_does_to_noise_without_memory_is_no_memory() {
    double[] fitted = {0.95, -0.09, -0.08, -0.07};
    double[] seen = {1.9, -0.18, -0.16, -0.14};
    assertThat(Autoregression.of(seen, 1_000, fitted)).isEmpty();
    assertThat(Autoregression.of(seen, 1_000, UNBIASED)).isNotEmpty();
  }

  @Test
  void the_memory_of_noise_is_found_beside_the_bias_of_a_fit() {
    double[] seen = {1, 0.5 - 0.05, 0.25 - 0.05, 0.125 - 0.05};
    double[] coefficients = Autoregression.of(seen, 1_000, new double[] {1, -0.05, -0.05, -0.05});
    assertThat(coefficients).containsExactly(new double[] {0.5}, within(1e-12));
  }

  @Test
  void a_process_of_order_2_is_found_from_its_values() {
    SplittableRandom random = new SplittableRandom(5);
    double[] values = new double[20_000];
    for (int i = 2; i < values.length; i++) {
      values[i] = 0.5 * values[i - 1] - 0.3 * values[i - 2] + random.nextGaussian();
    }
    double[] found = Autoregression.of(Autoregression.covariances(values), values.length, UNBIASED);
    assertThat(found[0]).isCloseTo(0.5, within(0.03));
    assertThat(found[1]).isCloseTo(-0.3, within(0.03));
  }

  @Test
  void covariances_that_no_process_has_give_a_stable_one() {
    double[] found = Autoregression.of(new double[] {1, 0.9, 0.1, 0.9}, 100, UNBIASED);
    double sum = 0;
    double value = 1;
    double[] past = new double[3];
    for (int i = 0; i < 10_000; i++) {
      double next = 0;
      for (int k = 0; k < found.length; k++) {
        next += found[k] * (k == 0 ? value : past[k - 1]);
      }
      past[1] = past[0];
      past[0] = value;
      value = next;
      sum = Math.max(sum, Math.abs(value));
    }
    assertThat(Math.abs(value)).isLessThan(1);
    assertThat(sum).isFinite();
  }
}
