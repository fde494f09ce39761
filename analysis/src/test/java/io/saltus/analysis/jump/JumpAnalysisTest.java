package io.saltus.analysis.jump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.saltus.analysis.jump.Curves.Noise;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.jump.JumpKind;
import io.saltus.experiment.jump.Sharp;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class JumpAnalysisTest {

  private final ExecutorService threads = Threads.of(1);

  private static final JumpSettings SETTINGS = new JumpSettings(7, 299, 999, 99);
  private static final Noise QUIET = new Noise(0.004, 0.5, false);

  @Test
  void what_is_learned_by_heart_first_and_understood_later_is_grokking() {
    RunJumps run = run(training(2.0), validation(3.1));
    assertThat(run.jumps())
        .extracting(Jump::metric, Jump::kind)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("train.accuracy", JumpKind.MEMORISATION),
            org.assertj.core.groups.Tuple.tuple("validation.accuracy", JumpKind.GROKKING));
    Jump memorised = run.jumps().get(0);
    assertThat(memorised.sharp()).isEqualTo(Sharp.NO);
    Jump understood = run.jumps().get(1);
    assertThat(understood.sharp()).isEqualTo(Sharp.YES);
    assertThat(Math.log10(understood.midpoint())).isCloseTo(3.1, within(0.02));
    assertThat(understood.decades()).isCloseTo(0.3, within(0.03));
    assertThat(understood.midpointInterval().low()).isLessThan(understood.midpoint());
    assertThat(understood.midpointInterval().high()).isGreaterThan(understood.midpoint());
    assertThat(understood.delay()).isGreaterThan(3);
    assertThat(understood.q()).isLessThan(0.01);
    assertThat(understood.evidence()).contains("validation accuracy jumps from 0.0");
  }

  @Test
  void what_is_learned_and_understood_together_is_joint_learning_and_no_grokking() {
    RunJumps run = run(training(2.0), accuracy("validation.accuracy", x -> gentle(x, 2.1)));
    assertThat(run.jumps())
        .filteredOn(jump -> jump.metric().equals("train.accuracy"))
        .extracting(Jump::kind)
        .containsExactly(JumpKind.JOINT_LEARNING);
    assertThat(run.jumps()).extracting(Jump::kind).doesNotContain(JumpKind.GROKKING);
  }

  @Test
  void what_is_learned_as_gradually_as_a_drift_is_joint_learning_and_not_sharp() {
    MetricSeries training =
        Curves.series(
            "train.accuracy",
            MetricKind.ACCURACY,
            2_000,
            3,
            new Noise(0.02, 0, false),
            x -> 0.92 - 0.8 * Math.pow(10, -0.6 * x));
    double[] steps = new double[101];
    double[] values = new double[101];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = 20 * i;
      values[i] = i == 0 ? 0.1 : 0.88 - 0.8 * Math.pow(20 * i, -0.6);
    }
    MetricSeries validation =
        new MetricSeries("validation.accuracy", steps, values, MetricKind.ACCURACY, 10_000);

    List<Jump> jumps = run(training, validation).jumps();

    assertThat(jumps).extracting(Jump::kind).containsExactly(JumpKind.JOINT_LEARNING);
    assertThat(jumps.get(0).sharp()).isEqualTo(Sharp.NO);
    assertThat(jumps.get(0).decades()).isGreaterThan(1.2);
    assertThat(jumps.get(0).evidence()).contains("over the whole run");
    assertThat(run(training, accuracy("validation.accuracy", x -> 0.1)).jumps())
        .as("of a network that only learns by heart")
        .extracting(Jump::kind)
        .doesNotContain(JumpKind.JOINT_LEARNING);
  }

  /** What the fit leaves of so sudden a change was drawn as noise once, and hid the change. */
  @Test
  void a_sudden_jump_in_noise_with_a_long_memory_is_not_hidden_by_what_is_left_of_it() {
    MetricSeries series =
        Curves.series(
            "m",
            MetricKind.OTHER,
            33_000,
            5,
            new Noise(0.02, 0.988, false),
            x -> 0.76 * Math.max(0, Math.min(1, (x - 2.14) / 0.067 + 0.5)));
    RunJumps found =
        JumpAnalysis.with(JumpSettings.DEFAULT, threads).analyse(List.of(series), RunContext.NONE);
    assertThat(found.jumps())
        .singleElement()
        .satisfies(jump -> assertThat(jump.q()).isLessThan(0.01));
  }

  @Test
  void three_equal_stairs_that_together_look_like_a_drift_are_three_jumps() {
    MetricSeries stairs =
        Curves.series(
            "m",
            MetricKind.OTHER,
            7_000,
            6,
            new Noise(0.02, 0.4, false),
            x ->
                0.3
                    * (Curves.rise(x, 1.4, 0.15)
                        + Curves.rise(x, 2.3, 0.15)
                        + Curves.rise(x, 3.1, 0.15)));
    assertThat(run(stairs).jumps()).hasSize(3);
  }

  @Test
  void a_change_at_a_known_step_is_ours() {
    MetricSeries loss = loss(x -> 0.2 - 0.1 * x - (x > 2.5 ? 0.8 : 0));
    RunContext context =
        new RunContext(
            List.of(new RunContext.KnownChange(317, "the learning rate fell to 1e-4")), Map.of());
    List<Jump> jumps = JumpAnalysis.with(SETTINGS, threads).analyse(List.of(loss), context).jumps();
    assertThat(jumps).extracting(Jump::kind).containsExactly(JumpKind.CHANGE_BY_US);
    assertThat(jumps.get(0).evidence()).isEqualTo("at step 317: the learning rate fell to 1e-4");
  }

  @Test
  void a_narrow_ramp_is_one_jump_though_several_steps_fit_it_better_than_one() {
    MetricSeries ramp =
        Curves.series(
            "m",
            MetricKind.OTHER,
            6_000,
            1,
            new Noise(0.03, 0, false),
            x -> 3 * Math.max(0, Math.min(1, (x - 2.66) / 0.04 + 0.5)));
    RunJumps found =
        JumpAnalysis.with(JumpSettings.DEFAULT, threads).analyse(List.of(ramp), RunContext.NONE);
    assertThat(found.jumps())
        .singleElement()
        .satisfies(jump -> assertThat(Math.log10(jump.midpoint())).isCloseTo(2.66, within(0.01)));
  }

  @Test
  void a_loss_that_jumps_up_for_good_has_collapsed() {
    List<Jump> jumps = run(loss(x -> -0.3 * x + (x > 3 ? 1.5 : 0))).jumps();
    assertThat(jumps).extracting(Jump::kind).containsExactly(JumpKind.COLLAPSE);
  }

  @Test
  void a_loss_that_falls_after_a_long_plateau_has_escaped_it() {
    List<Jump> jumps = run(loss(x -> -Curves.rise(x, 2.5, 0.2))).jumps();
    assertThat(jumps).extracting(Jump::kind).containsExactly(JumpKind.PLATEAU_ESCAPE);
  }

  @Test
  void a_held_out_loss_that_falls_rises_and_falls_again_is_double_descent() {
    MetricSeries loss =
        loss(
            x ->
                -1.2 * Curves.rise(x, 1.0, 0.3)
                    + 0.6 * Curves.rise(x, 2.0, 0.3)
                    - 0.5 * Curves.rise(x, 3.0, 0.3));
    assertThat(run(loss).jumps()).extracting(Jump::kind).contains(JumpKind.DOUBLE_DESCENT);
  }

  @Test
  void an_exact_match_that_its_parts_predict_is_an_artefact_of_the_metric() {
    DoubleUnaryOperator part = x -> 0.3 + 0.7 * Curves.rise(x, 2.2, 0.62);
    MetricSeries[] all = new MetricSeries[13];
    String[] names = new String[12];
    for (int k = 0; k < names.length; k++) {
      names[k] = "part." + k;
      all[k] = Curves.series(names[k], MetricKind.ACCURACY, 4_000, k, QUIET, part);
    }
    all[12] = accuracy("exact", x -> Math.pow(part.applyAsDouble(x), 12));
    RunContext context = new RunContext(List.of(), Map.of("exact", List.of(names)));
    List<Jump> jumps =
        JumpAnalysis.with(SETTINGS, threads).analyse(Arrays.asList(all), context).jumps();
    assertThat(jumps)
        .filteredOn(jump -> jump.metric().equals("exact"))
        .extracting(Jump::kind)
        .containsExactly(JumpKind.METRIC_ARTEFACT);
  }

  @Test
  void threads_change_nothing() {
    MetricSeries[] all = {training(2.0), validation(3.1)};
    RunJumps one = run(all);
    RunJumps three =
        JumpAnalysis.with(SETTINGS, Threads.of(3)).analyse(List.of(all), RunContext.NONE);
    assertThat(three.jumps()).isEqualTo(one.jumps());
    assertThat(three.changePoints()).isEqualTo(one.changePoints());
    for (int k = 0; k < all.length; k++) {
      assertThat(three.series().get(k).nullScores()).isEqualTo(one.series().get(k).nullScores());
    }
  }

  @Test
  void series_of_which_nothing_can_be_said_say_why() {
    double[] steps = {0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144};
    double[] equal = new double[12];
    double[] missing = new double[12];
    Arrays.fill(missing, Double.NaN);
    double[] few = {0, 1, 0, 1, 0, 1, 5, 6, 5, 6, 5, 6};
    RunJumps run =
        run(
            new MetricSeries("equal", steps, equal, MetricKind.ACCURACY, 0),
            new MetricSeries("missing", steps, missing, MetricKind.OTHER, 0),
            new MetricSeries("few", steps, few, MetricKind.OTHER, 0),
            new MetricSeries("empty", new double[0], new double[0], MetricKind.LOSS, 0));
    assertThat(run.jumps()).isEmpty();
    assertThat(run.changePoints()).isEmpty();
    assertThat(run.series()).allSatisfy(s -> assertThat(s.tested().p()).isNaN());
    assertThat(run.series().get(0).tested().noP()).contains("all values are equal");
    assertThat(run.series().get(1).tested().noP()).contains("0 finite values at steps from 1");
    assertThat(run.series().get(2).tested().noP().orElseThrow()).contains("independent");
  }

  @Test
  void missing_values_amid_a_series_change_no_finding_and_at_its_end_are_a_collapse() {
    MetricSeries whole = validation(3.1);
    double[] holes = whole.values().clone();
    for (int i = 0; i < holes.length; i += 7) {
      holes[i] = i % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY;
    }
    Arrays.fill(holes, holes.length - 5, holes.length, Double.NaN);
    List<Jump> jumps =
        run(new MetricSeries("m", whole.steps(), holes, MetricKind.ACCURACY, 0)).jumps();
    assertThat(jumps).hasSize(2);
    assertThat(Math.log10(jumps.get(0).midpoint())).isCloseTo(3.1, within(0.02));
    assertThat(jumps.get(1).kind()).isEqualTo(JumpKind.COLLAPSE);
    assertThat(jumps.get(1).onset()).isEqualTo(whole.steps()[holes.length - 5]);
  }

  @Test
  void a_metric_may_come_only_once() {
    assertThatThrownBy(() -> run(training(2), training(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a metric comes twice");
  }

  private RunJumps run(MetricSeries... series) {
    return JumpAnalysis.with(SETTINGS, threads).analyse(List.of(series), RunContext.NONE);
  }

  private static double gentle(double x, double midpoint) {
    return 0.01 + 0.99 * Curves.rise(x, midpoint, 0.7);
  }

  private static MetricSeries training(double midpoint) {
    return accuracy("train.accuracy", x -> gentle(x, midpoint));
  }

  private static MetricSeries validation(double midpoint) {
    return accuracy("validation.accuracy", x -> 0.02 + 0.98 * Curves.rise(x, midpoint, 0.3));
  }

  private static MetricSeries accuracy(String name, DoubleUnaryOperator curve) {
    return Curves.series(name, MetricKind.ACCURACY, 4_000, 3, QUIET, curve);
  }

  private static MetricSeries loss(DoubleUnaryOperator curve) {
    return Curves.series(
        "validation.loss", MetricKind.LOSS, 4_000, 5, new Noise(0.02, 0.3, false), curve);
  }
}
