package io.saltus.analysis.jump;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.analysis.jump.Curves.Noise;
import io.saltus.experiment.jump.Interval;
import io.saltus.experiment.jump.Jump;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;

/** Intervals that say 95 % hold the truth about as often. */
class CoverageTest {

  private static final int CURVES = 48;

  /** Of 48 intervals that hold the truth with 95 %, fewer than 41 do in one case of a hundred. */
  private static final int LEAST = 41;

  private final ExecutorService threads = Threads.of(2);

  @Test
  void intervals_hold_the_true_dates_sizes_and_widths() {
    int[] held = new int[5];
    for (int k = 0; k < CURVES; k++) {
      SplittableRandom random = new SplittableRandom(k);
      double m = 1.4 + 1.2 * random.nextDouble();
      double w = 0.1 + 0.3 * random.nextDouble();
      double ar1 = new double[] {0, 0.5, 0.9}[k % 3];
      Noise noise = new Noise(0.005 + 0.02 * random.nextDouble(), ar1, false);
      MetricSeries series =
          Curves.series(
              "m", MetricKind.ACCURACY, 3_000, k, noise, x -> 0.1 + 0.6 * Curves.rise(x, m, w));
      List<Jump> jumps =
          JumpAnalysis.with(new JumpSettings(k, 199, 999, 99), threads)
              .analyse(List.of(series), RunContext.NONE)
              .jumps();
      assertThat(jumps).hasSize(1);
      Jump jump = jumps.get(0);
      held[0] += holds(jump.onsetInterval(), Math.pow(10, m - w / 2));
      held[1] += holds(jump.midpointInterval(), Math.pow(10, m));
      held[2] += holds(jump.endInterval(), Math.pow(10, m + w / 2));
      held[3] += holds(jump.deltaInterval(), 0.6);
      held[4] += holds(jump.decadesInterval(), w);
    }
    for (int count : held) {
      assertThat(count).isGreaterThanOrEqualTo(LEAST);
    }
  }

  private static int holds(Interval interval, double truth) {
    return interval.low() <= truth && truth <= interval.high() ? 1 : 0;
  }
}
