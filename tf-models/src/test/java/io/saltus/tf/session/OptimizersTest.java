package io.saltus.tf.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.spec.Sampling;
import io.saltus.tf.data.ModularArithmetic;
import io.saltus.tf.data.ModularOperation;
import io.saltus.tf.graph.Activation;
import io.saltus.tf.graph.Adam;
import io.saltus.tf.graph.AdamW;
import io.saltus.tf.graph.LearningRate;
import io.saltus.tf.graph.Optimizer;
import io.saltus.tf.graph.PairNetwork;
import io.saltus.tf.graph.RateSchedule;
import io.saltus.tf.graph.Sgd;
import io.saltus.tf.graph.TrainingGraph;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every optimiser against formulas in doubles, and against itself. */
class OptimizersTest {

  private static final LearningRate RATE =
      new LearningRate(0.02, 3, new RateSchedule.Cosine(20, 1e-3));
  private static final double CLIP = 0.05;
  private static final String MASKED = "readout.weights";

  static Stream<Optimizer> optimizers() {
    return Stream.of(0.0, CLIP)
        .flatMap(
            clip ->
                Stream.of(
                    new AdamW(RATE, 0.5, 0.9, 0.98, 1e-8, clip),
                    new Adam(RATE, 0, 0.9, 0.999, 1e-6, clip),
                    new Adam(RATE, 0.1, 0.8, 0.98, 1e-6, clip),
                    new Sgd(RATE, 0, 0, false, clip),
                    new Sgd(RATE, 0.1, 0, false, clip),
                    new Sgd(RATE, 0, 0.9, false, clip),
                    new Sgd(RATE, 0.1, 0.9, true, clip)));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void it_follows_its_formula_step_by_step(Optimizer optimizer) {
    follow(optimizer, Map.of());
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void masked_weights_stay_0_and_the_others_follow_the_formula(Optimizer optimizer) {
    boolean[] kept = new boolean[24 * 13];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = i % 3 != 0;
    }
    follow(optimizer, Map.of(MASKED, kept));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void a_restored_state_goes_on_with_the_same_bits(Optimizer optimizer) {
    TrainingPlan plan = plan(optimizer);
    try (TensorFlowSession straight = TensorFlowSession.open(plan);
        TensorFlowSession again = TensorFlowSession.open(plan);
        TensorFlowSession resumed = TensorFlowSession.open(plan)) {
      Plans.run(straight, 9, 25);
      List<TensorValue> middle = state(straight);
      Plans.run(again, 9, 25);
      assertThat(state(again)).isEqualTo(middle);
      resumed.restore(9, middle);
      assertThat(Plans.run(resumed, 25)).isEqualTo(Plans.run(straight, 25));
      assertThat(state(resumed)).isEqualTo(state(straight)).isNotEqualTo(middle);
    }
  }

  @Test
  void slots_have_stable_names() {
    assertThat(names(new Adam(RATE, 0, 0.9, 0.999, 1e-8, 0)))
        .isEqualTo(names(new AdamW(RATE, 0, 0.9, 0.999, 1e-8, 0)))
        .contains("hidden.bias", "hidden.bias.adam-mean", "hidden.bias.adam-mean-square");
    assertThat(names(new Sgd(RATE, 0, 0, false, 0)))
        .isEqualTo(names(new Sgd(RATE, 0.1, 0.9, true, 1)))
        .contains("hidden.bias", "hidden.bias.momentum")
        .hasSize(10);
  }

  @Test
  void a_norm_that_is_never_reached_changes_no_bit() {
    AdamW free = new AdamW(RATE, 0.5, 0.9, 0.98, 1e-8, 0.0);
    AdamW limited = new AdamW(RATE, 0.5, 0.9, 0.98, 1e-8, 1e5);
    try (TensorFlowSession one = TensorFlowSession.open(plan(free));
        TensorFlowSession other = TensorFlowSession.open(plan(limited))) {
      assertThat(Plans.run(other, 25)).isEqualTo(Plans.run(one, 25));
      assertThat(state(other)).isEqualTo(state(one));
      assertThat(other.fingerprint().numericDifferences(one.fingerprint()))
          .containsExactly("graph");
    }
  }

  @Test
  void the_recorded_rate_is_the_one_of_the_schedule_also_after_a_restore() {
    Optimizer optimizer =
        new Sgd(new LearningRate(0.5, 0, new RateSchedule.Step(4, 0.5)), 0, 0, false, 0);
    try (TensorFlowSession first = TensorFlowSession.open(plan(optimizer));
        TensorFlowSession fork = TensorFlowSession.open(plan(optimizer))) {
      assertThat(rate(first, 9))
          .containsExactly(0.5f, 0.5f, 0.5f, 0.25f, 0.25f, 0.25f, 0.25f, 0.125f, 0.125f);
      fork.restore(9, state(first));
      assertThat(rate(fork, 13)).containsExactly(0.125f, 0.125f, 0.0625f, 0.0625f);
    }
  }

  /** Otherwise a run of 0.1.0 that is resumed would be told that its environment changed. */
  @Test
  void the_graph_of_plain_adamw_is_the_one_that_0_1_0_recorded() {
    TrainingPlan small = Plans.small(1);
    TrainingPlan recorded =
        new TrainingPlan(
            new PairNetwork(7, 4, Activation.SQUARE),
            Plans.QUICK,
            new ModularArithmetic(ModularOperation.ADD, 7, 0.3).split(1),
            Sampling.WITH_REPLACEMENT,
            8,
            small.evaluation(),
            small.seeds(),
            small.numerics());
    try (TensorFlowSession session = TensorFlowSession.open(recorded)) {
      assertThat(session.fingerprint().numeric())
          .containsEntry(
              "graph", "652c9a93e780b7dbee2571b46bca80c95d7473a7b75ce6668d902793ab155a25");
    }
  }

  private static void follow(Optimizer optimizer, Map<String, boolean[]> kept) {
    try (Stepping stepping = new Stepping(plan(optimizer), kept)) {
      Map<String, ReferenceRule> rules = new TreeMap<>();
      stepping.weights().forEach((name, w) -> rules.put(name, new ReferenceRule(optimizer, w)));
      boolean clipped = false;
      for (long step = 1; step <= 25; step++) {
        Map<String, float[]> gradients = stepping.update(step);
        double norm = norm(gradients);
        assertThat((double) stepping.metric(TrainingGraph.StepMetric.GRADIENT_NORM))
            .isCloseTo(norm, within(1e-4 * norm));
        double rate = RATE.at(step);
        assertThat(stepping.metric(TrainingGraph.StepMetric.LEARNING_RATE)).isEqualTo((float) rate);
        clipped |= norm > CLIP;
        double clip = optimizer.clipNorm() == 0 ? 1 : Math.min(1, optimizer.clipNorm() / norm);
        for (Map.Entry<String, float[]> now : stepping.weights().entrySet()) {
          ReferenceRule rule = rules.get(now.getKey());
          rule.update(step, rate, clip, gradients.get(now.getKey()));
          require(now, step, rule, kept.get(now.getKey()));
        }
      }
      assertThat(clipped).as("some gradient is longer than what is clipped").isTrue();
    }
  }

  private static void require(
      Map.Entry<String, float[]> now, long step, ReferenceRule rule, boolean[] kept) {
    for (int i = 0; i < now.getValue().length; i++) {
      if (kept != null && !kept[i]) {
        rule.setToZero(i);
        assertThat(Float.floatToRawIntBits(now.getValue()[i])).isZero();
      }
      double expected = rule.weight(i);
      assertThat((double) now.getValue()[i])
          .as("%s[%d] at step %d", now.getKey(), i, step)
          .isCloseTo(expected, within(2e-6 + 1e-5 * Math.abs(expected)));
    }
  }

  private static double norm(Map<String, float[]> gradients) {
    double squares = 0;
    for (float[] gradient : gradients.values()) {
      for (float element : gradient) {
        squares += (double) element * element;
      }
    }
    return Math.sqrt(squares);
  }

  private static TrainingPlan plan(Optimizer optimizer) {
    return Plans.small(1, Sampling.WITH_REPLACEMENT, 1, optimizer);
  }

  private static List<String> names(Optimizer optimizer) {
    try (TensorFlowSession session = TensorFlowSession.open(plan(optimizer))) {
      return session.variables();
    }
  }

  private static float[] rate(TensorFlowSession session, long last) {
    return ((F32Column)
            Plans.run(session, last, 100).column(new MetricName("learning-rate")).orElseThrow())
        .toArray();
  }

  private static List<TensorValue> state(TensorFlowSession session) {
    return session.read(Set.copyOf(session.variables()));
  }
}
