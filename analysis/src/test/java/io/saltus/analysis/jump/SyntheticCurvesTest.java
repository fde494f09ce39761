package io.saltus.analysis.jump;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.analysis.jump.Curves.Noise;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.jump.JumpKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class SyntheticCurvesTest {

  private final ExecutorService threads = Threads.of(2);

  private static final int EACH = 4;
  private static final double CLOSE = 0.05;

  private record Labelled(MetricSeries series, List<Double> midpoints, JumpKind kind) {}

  @Test
  void jumps_are_found_where_they_are_and_nowhere_else() {
    int found = 0;
    int wrong = 0;
    int there = 0;
    List<String> failures = new ArrayList<>();
    for (Labelled curve : curves()) {
      List<Double> left = new ArrayList<>(curve.midpoints);
      for (Jump jump : jumps(curve.series)) {
        boolean rightKind =
            (jump.kind() == JumpKind.LOSS_SPIKE) == (curve.kind == JumpKind.LOSS_SPIKE);
        boolean right =
            rightKind && left.removeIf(m -> Math.abs(m - Math.log10(jump.midpoint())) <= CLOSE);
        found += right ? 1 : 0;
        wrong += right ? 0 : 1;
        if (!right) {
          failures.add("wrong: " + curve.series.name() + " " + jump);
        }
      }
      there += curve.midpoints.size();
      left.forEach(m -> failures.add("missed: " + curve.series.name() + " at " + m));
    }
    assertThat((double) found / there).as("recall, %s", failures).isGreaterThanOrEqualTo(0.95);
    assertThat((double) found / (found + wrong))
        .as("precision, %s", failures)
        .isGreaterThanOrEqualTo(0.95);
  }

  private List<Jump> jumps(MetricSeries series) {
    JumpSettings settings = new JumpSettings(1, 299, 1_999, 99);
    return JumpAnalysis.with(settings, threads).analyse(List.of(series), RunContext.NONE).jumps();
  }

  private static List<Labelled> curves() {
    List<Labelled> all = new ArrayList<>();
    for (int k = 0; k < EACH; k++) {
      SplittableRandom random = new SplittableRandom(k);
      double m = 1.3 + 1.5 * random.nextDouble();
      double w = 0.1 + 0.25 * random.nextDouble();
      double size = 0.4 + 0.4 * random.nextDouble();
      double phi = new double[] {0, 0.5, 0.9}[k % 3];
      Noise noise = new Noise(0.005 + 0.015 * random.nextDouble(), phi, false);
      Noise heavy = new Noise(noise.deviation(), phi, true);
      double gentle = 0.9 + 0.7 * random.nextDouble();
      MetricKind accuracy = MetricKind.ACCURACY;
      all.add(curve("sharp", accuracy, k, noise, x -> 0.05 + size * Curves.rise(x, m, w), m));
      all.add(curve("heavy", accuracy, k, heavy, x -> 0.05 + size * Curves.rise(x, m, w), m));
      all.add(curve("gentle", accuracy, k, noise, x -> 0.05 + size * Curves.rise(x, m, gentle)));
      all.add(curve("drift", accuracy, k, noise, x -> 0.9 - 0.6 * Math.pow(10, -0.4 * x)));
      all.add(curve("loss drift", MetricKind.LOSS, k, noise, x -> 0.6 - 0.3 * x));
      all.add(curve("constant", MetricKind.OTHER, k, noise, x -> 0.5));
      all.add(
          curve(
              "drift and jump",
              accuracy,
              k,
              noise,
              x -> 0.3 - 0.25 * Math.pow(10, -0.3 * x) + 0.5 * Curves.rise(x, m + 0.3, w),
              m + 0.3));
      all.add(
          curve(
              "loss",
              MetricKind.LOSS,
              k,
              noise,
              x -> 0.3 - 0.15 * x - 1.2 * Curves.rise(x, m, w),
              m));
      all.add(
          curve(
              "stairs",
              accuracy,
              k,
              noise,
              x -> 0.1 + 0.35 * (Curves.rise(x, 1.2, 0.2) + Curves.rise(x, 2.4, 0.2)),
              1.2,
              2.4));
      Labelled spike =
          curve("spike", accuracy, k, noise, x -> x > m && x < m + 0.06 ? 0.7 : 0.2, m + 0.03);
      all.add(new Labelled(spike.series, spike.midpoints, JumpKind.LOSS_SPIKE));
      Labelled fine =
          curve("quantised", accuracy, k, noise, x -> 0.1 + size * Curves.rise(x, m, w), m);
      all.add(new Labelled(Curves.quantised(fine.series, 64), fine.midpoints, fine.kind));
    }
    return all;
  }

  private static Labelled curve(
      String name, MetricKind kind, int k, Noise noise, DoubleUnaryOperator curve, double... at) {
    MetricSeries series = Curves.series(name + " " + k, kind, 1_500 + 700 * k, k, noise, curve);
    return new Labelled(series, Arrays.stream(at).boxed().toList(), JumpKind.UNCLASSIFIED);
  }
}
