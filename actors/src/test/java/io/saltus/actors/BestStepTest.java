package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.Sha256;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import io.saltus.experiment.spec.CheckpointPolicy.BestMode;
import io.saltus.experiment.spec.CheckpointPolicy.KeepBest;
import io.saltus.persistence.projection.CheckpointState;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Which checkpoint counts as the best. */
class BestStepTest {

  private static final MetricName LOSS = MetricName.lossOf("validation");

  @Test
  void the_best_is_the_one_with_the_best_latest_value() {
    BestStep least = best(BestMode.MIN);
    BestStep most = best(BestMode.MAX);
    for (BestStep each : List.of(least, most)) {
      each.observe(frame(0, new long[] {0, 10, 20}, 3, 1, 2));
      // The value of step 10 is the latest one for the state of step 15.
    }
    assertThat(least.step(saved(0, 15, 20))).contains(15L);
    assertThat(most.step(saved(5, 15, 20))).contains(5L);
  }

  @Test
  void of_equal_values_the_earlier_one_stays() {
    BestStep least = best(BestMode.MIN);
    least.observe(frame(0, new long[] {0, 10, 20}, 3, 1, 1));
    assertThat(least.step(saved(0, 10, 20))).contains(10L);
  }

  @Test
  void nobody_is_best_without_a_rule_or_a_value() {
    BestStep unruled = BestStep.of(Optional.empty());
    unruled.observe(frame(0, new long[] {0}, 3));
    assertThat(unruled.step(saved(0))).isEmpty();
    assertThat(best(BestMode.MIN).step(saved(0, 10))).isEmpty();
  }

  @Test
  void what_is_no_number_or_no_good_file_is_never_the_best() {
    BestStep most = best(BestMode.MAX);
    most.observe(frame(0, new long[] {0, 10, 20}, 1, Double.NaN, 2));
    assertThat(most.step(saved(0, 10))).contains(0L);
    CheckpointState bad = new CheckpointState(1, 20, 8, Sha256.of(new byte[] {20}), false);
    assertThat(most.step(List.of(saved(0).get(0), bad))).contains(0L);
  }

  @Test
  void a_long_run_remembers_what_its_checkpoints_need() {
    BestStep least = best(BestMode.MIN);
    long[] steps = LongStream.rangeClosed(0, 20_000).toArray();
    double[] values = LongStream.of(steps).mapToDouble(step -> step == 7 ? -1 : step).toArray();
    least.observe(frame(0, steps, values));
    assertThat(least.step(saved(7, 19_000))).contains(7L);
    least.observe(frame(20_001, new long[] {20_001}, -0.5));
    assertThat(least.step(saved(7, 19_000, 20_001))).contains(7L);
    assertThat(least.step(saved(19_000, 20_001))).contains(20_001L);
  }

  private static BestStep best(BestMode mode) {
    return BestStep.of(Optional.of(new KeepBest(LOSS, mode)));
  }

  private static MetricFrame frame(long from, long[] steps, double... values) {
    return new MetricFrame(
        from, steps[steps.length - 1], List.of(new F64Column(LOSS, Steps.of(steps), values)));
  }

  private static List<CheckpointState> saved(long... steps) {
    return LongStream.of(steps)
        .mapToObj(
            step -> new CheckpointState(1, step, 8, Sha256.of(new byte[] {(byte) step}), true))
        .toList();
  }
}
