package io.saltus.analysis.jump;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.analysis.jump.Curves.Noise;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SizeOfTheTestTest {

  private final ExecutorService threads = Threads.of(2);

  private static final int SERIES = 40;

  /**
   * Of 40 draws at 0.1 more than 11 come in one of a thousand, and at 0.01 more than 3. Too few to
   * see that the test is somewhat too large, which docs/science/detection.md says it is.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 0.9})
  void drift_and_noise_alone_are_not_grossly_too_often_significant(double ar1) {
    int tenth = 0;
    int hundredth = 0;
    for (int k = 0; k < SERIES; k++) {
      MetricSeries series =
          Curves.series(
              "m",
              MetricKind.OTHER,
              2_000,
              100 + k,
              new Noise(0.1, ar1, false),
              x -> 2 * Math.pow(10, -0.5 * x));
      JumpSettings settings = new JumpSettings(k, 199, 199, 99);
      double p =
          JumpAnalysis.with(settings, threads)
              .analyse(List.of(series), RunContext.NONE)
              .series()
              .get(0)
              .tested()
              .p();
      tenth += p <= 0.1 ? 1 : 0;
      hundredth += p <= 0.01 ? 1 : 0;
    }
    assertThat(tenth).isLessThanOrEqualTo(11);
    assertThat(hundredth).isLessThanOrEqualTo(3);
  }
}
