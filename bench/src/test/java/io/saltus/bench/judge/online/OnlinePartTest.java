package io.saltus.bench.judge.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.saltus.analysis.online.ChangeWatch;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class OnlinePartTest {

  @Test
  void series_hold_as_many_observations_as_asked_after_their_warm_up() {
    assertThat(OnlinePart.lengths(30_000).stream().mapToInt(n -> n - ChangeWatch.WARM_UP).sum())
        .isEqualTo(30_000);
    assertThat(OnlinePart.lengths(10_000_000))
        .contains(10_000 + ChangeWatch.WARM_UP, 1_000_000 + ChangeWatch.WARM_UP);
  }

  @Test
  void binomial_counts_have_their_mean_and_deviation() {
    IntToDoubleFunction series = NullKind.COUNTED.series(new SplittableRandom(3));
    int n = 50_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double value = series.applyAsDouble(i);
      sum += value;
      squares += value * value;
    }
    double mean = sum / n;
    assertThat(mean).isCloseTo(0.996, within(1e-4));
    assertThat(Math.sqrt(squares / n - mean * mean))
        .isCloseTo(NullKind.COUNTED.deviation(), within(5e-5));
  }
}
