package io.saltus.analysis.jump;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.analysis.jump.Curves.Noise;
import io.saltus.experiment.jump.Interval;
import io.saltus.experiment.jump.Jump;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;

/** Intervals must hold where the shape of a change is not the one that is fitted. */
class IntervalsTest {

  private static final int CURVES = 24;

  /** Of 48, 95 % intervals hold fewer than 41 in less than 1 % of such samples. */
  private static final int LEAST = 41;

  private final ExecutorService threads = Threads.of(2);

  @Test
  void onset_and_end_of_a_straight_ramp_lie_in_their_intervals() {
    int held = 0;
    for (int k = 0; k < CURVES; k++) {
      double middle = 2 + 0.04 * k;
      double width = 0.12 + 0.008 * k;
      Jump jump = jump(k, middle, width);
      held += holds(jump.onsetInterval(), middle - width / 2);
      held += holds(jump.endInterval(), middle + width / 2);
    }
    assertThat(held).isGreaterThanOrEqualTo(LEAST);
  }

  /**
   * @param width from 10 to 90 %
   */
  private Jump jump(int seed, double middle, double width) {
    MetricSeries series =
        Curves.series(
            "m",
            MetricKind.OTHER,
            5_000,
            seed,
            new Noise(0.01, seed % 2 == 0 ? 0 : 0.5, false),
            x -> Math.max(0, Math.min(1, 0.5 + 0.8 * (x - middle) / width)));
    List<Jump> jumps =
        JumpAnalysis.with(new JumpSettings(seed, 199, 199, 199), threads)
            .analyse(List.of(series), RunContext.NONE)
            .jumps();
    assertThat(jumps).hasSize(1);
    return jumps.get(0);
  }

  private static int holds(Interval steps, double place) {
    double step = Math.pow(10, place);
    return steps.low() <= step && step <= steps.high() ? 1 : 0;
  }
}
