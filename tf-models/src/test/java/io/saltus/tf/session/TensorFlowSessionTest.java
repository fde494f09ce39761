package io.saltus.tf.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.session.Chunk;
import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.session.SessionLostException;
import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.session.UntilProgress;
import io.saltus.experiment.spec.Numerics;
import io.saltus.experiment.spec.Sampling;
import io.saltus.experiment.spec.UntilRule;
import io.saltus.tf.data.ModularOperation;
import io.saltus.tf.graph.AdamW;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TensorFlowSessionTest {

  private static final MetricName TRAIN_LOSS = MetricName.lossOf("train");
  private static final MetricName VALIDATION_LOSS = MetricName.lossOf("validation");

  @ParameterizedTest
  @EnumSource(Sampling.class)
  void two_sessions_of_one_plan_give_the_same_bits(Sampling sampling) {
    try (TensorFlowSession one = open(sampling, 1);
        TensorFlowSession other = open(sampling, 1)) {
      MetricFrame frame = Plans.run(one, 40);
      assertThat(Plans.run(other, 40)).isEqualTo(frame);
      assertThat(frame.column(TRAIN_LOSS)).isPresent();
      assertThat(state(one)).isEqualTo(state(other));
      assertThat(one.fingerprint()).isEqualTo(other.fingerprint());
    }
  }

  @Test
  void another_seed_gives_other_bits() {
    try (TensorFlowSession one = TensorFlowSession.open(Plans.small(1));
        TensorFlowSession other = TensorFlowSession.open(Plans.small(2))) {
      assertThat(Plans.run(one, 3)).isNotEqualTo(Plans.run(other, 3));
      assertThat(one.fingerprint().numericDifferences(other.fingerprint())).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 7, 1000})
  void how_often_is_evaluated_changes_no_training_metric_and_no_evaluation(long every) {
    try (TensorFlowSession always = open(Sampling.WITH_REPLACEMENT, 1);
        TensorFlowSession sometimes = open(Sampling.WITH_REPLACEMENT, every)) {
      MetricFrame full = Plans.run(always, 30);
      MetricFrame sparse = Plans.run(sometimes, 30);
      for (String name : List.of("train.loss", "train.accuracy", "weight-norm", "gradient-norm")) {
        MetricName metric = new MetricName(name);
        assertThat(sparse.column(metric)).isEqualTo(full.column(metric));
      }
      F32Column all = column(full, VALIDATION_LOSS);
      F32Column some = column(sparse, VALIDATION_LOSS);
      for (int i = 0; i < some.size(); i++) {
        assertThat(some.value(i)).isEqualTo(all.value((int) some.steps().at(i)));
      }
      assertThat(state(sometimes)).isEqualTo(state(always));
    }
  }

  @Test
  void an_evaluation_inside_a_step_equals_one_on_its_own_after_it() {
    UntilRule anyLossForFiveSteps = new UntilRule(TRAIN_LOSS, UntilRule.Bound.AT_LEAST, 0, 5);
    try (TensorFlowSession inside = open(Sampling.WITH_REPLACEMENT, 1);
        TensorFlowSession alone = open(Sampling.WITH_REPLACEMENT, 1000)) {
      F32Column all = column(Plans.run(inside, 10), VALIDATION_LOSS);
      // Ended early by the rule, the run evaluates on its own what was not due.
      MetricFrame ended =
          alone.run(new Chunk(0, 10, 10, UntilProgress.of(List.of(anyLossForFiveSteps))));
      assertThat(ended.until()).isEqualTo(5);
      F32Column some = column(ended, VALIDATION_LOSS);
      assertThat(some.steps().toArray()).containsExactly(0, 5);
      assertThat(some.value(1)).isEqualTo(all.value(5)).isNotEqualTo(all.value(4));
    }
  }

  @Test
  void a_set_that_is_not_due_can_be_evaluated_with_the_bits_of_one_that_is() {
    try (TensorFlowSession always = open(Sampling.WITH_REPLACEMENT, 1);
        TensorFlowSession seldom = open(Sampling.WITH_REPLACEMENT, 1000)) {
      MetricFrame initial = seldom.evaluate("validation");
      F32Column due = column(Plans.run(always, 12, 100), VALIDATION_LOSS);
      Plans.run(seldom, 12, 100);
      List<TensorValue> before = state(seldom);
      MetricFrame evaluated = seldom.evaluate("validation");

      assertThat(column(initial, VALIDATION_LOSS).value(0)).isEqualTo(due.value(0));
      assertThat(evaluated.from()).isEqualTo(12);
      assertThat(evaluated.until()).isEqualTo(12);
      F32Column now = column(evaluated, VALIDATION_LOSS);
      assertThat(now.size()).isOne();
      assertThat(now.value(0)).isEqualTo(due.value(12));
      assertThat(evaluated.column(TRAIN_LOSS)).isEmpty();
      assertThat(state(seldom)).isEqualTo(before);
      assertThatThrownBy(() -> seldom.evaluate("test"))
          .isInstanceOf(SessionException.class)
          .hasMessageContaining("there is no evaluation set test; there are");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 3, 1000})
  void a_run_ended_by_a_rule_and_one_whose_last_step_it_is_have_the_same_bits(long every) {
    UntilRule anyLossForSevenSteps = new UntilRule(TRAIN_LOSS, UntilRule.Bound.AT_LEAST, 0, 7);
    try (TensorFlowSession ruled = open(Sampling.WITH_REPLACEMENT, every);
        TensorFlowSession counted = open(Sampling.WITH_REPLACEMENT, every)) {
      MetricFrame ended =
          ruled.run(new Chunk(0, 50, 100, UntilProgress.of(List.of(anyLossForSevenSteps))));
      assertThat(ended.until()).isEqualTo(7);
      assertThat(Plans.run(counted, 7, 7)).isEqualTo(ended);
      assertThat(ended.columns().stream())
          .allMatch(column -> column.steps().at(column.size() - 1) == 7);
      assertThat(state(counted)).isEqualTo(state(ruled));
    }
  }

  @Test
  void step_0_evaluates_the_initial_weights_and_trains_nothing() {
    try (TensorFlowSession session = TensorFlowSession.open(Plans.small(1))) {
      assertThat(session.step()).isEqualTo(-1);
      List<TensorValue> initial = state(session);
      MetricFrame frame = Plans.run(session, 0, 10);
      assertThat(session.step()).isZero();
      assertThat(frame.columns().stream().map(column -> column.name().value()))
          .containsExactly(
              "train-set.loss", "train-set.accuracy", "validation.loss", "validation.accuracy");
      assertThat(state(session)).isEqualTo(initial);
    }
  }

  @Test
  void the_weight_norm_of_a_step_is_that_before_its_update() {
    try (TensorFlowSession session = TensorFlowSession.open(Plans.small(1))) {
      Plans.run(session, 4, 10);
      double squares = 0;
      for (TensorValue value : session.read(weights(session))) {
        ByteBuffer bytes = value.bytes();
        while (bytes.hasRemaining()) {
          float element = bytes.getFloat();
          squares += (double) element * element;
        }
      }
      MetricFrame next = Plans.run(session, 5, 10);
      assertThat((double) column(next, new MetricName("weight-norm")).value(0))
          .isCloseTo(Math.sqrt(squares), Percentage.withPercentage(1e-4));
    }
  }

  @Test
  void the_learning_rate_warms_up_linearly() {
    AdamW warm = new AdamW(1e-2, 0, 0.9, 0.98, 1e-8, 4);
    try (TensorFlowSession session =
        TensorFlowSession.open(Plans.small(1, Sampling.FULL_BATCH, 1, warm))) {
      assertThat(column(Plans.run(session, 6), new MetricName("learning-rate")).toArray())
          .containsExactly(0.0025f, 0.005f, 0.0075f, 0.01f, 0.01f, 0.01f);
    }
  }

  @Test
  void a_restored_state_continues_with_the_same_bits() {
    try (TensorFlowSession straight = TensorFlowSession.open(Plans.small(1));
        TensorFlowSession resumed = TensorFlowSession.open(Plans.small(1))) {
      Plans.run(straight, 20, 40);
      List<TensorValue> middle = state(straight);
      resumed.restore(20, middle);
      assertThat(state(resumed)).isEqualTo(middle);
      assertThat(Plans.run(resumed, 40)).isEqualTo(Plans.run(straight, 40));
      assertThat(state(resumed)).isEqualTo(state(straight));
    }
  }

  @Test
  void denormal_weights_are_restored_bit_for_bit() {
    try (TensorFlowSession session = TensorFlowSession.open(Plans.small(1))) {
      List<TensorValue> denormal = new ArrayList<>();
      for (TensorValue value : state(session)) {
        denormal.add(filled(value, 1e-40f));
      }
      session.restore(3, denormal);
      assertThat(state(session)).isEqualTo(denormal);
      assertThat(session.step()).isEqualTo(3);
    }
  }

  @Test
  void a_wrong_shape_is_refused_with_both_shapes_and_nothing_is_changed() {
    try (TensorFlowSession session = TensorFlowSession.open(Plans.small(1))) {
      List<TensorValue> before = state(session);
      List<TensorValue> wrong = new ArrayList<>();
      for (TensorValue value : before) {
        wrong.add(
            value.name().equals("readout.bias")
                ? new TensorValue(value.name(), value.dtype(), List.of(1L, 13L), new byte[52])
                : filled(value, 0));
      }
      assertThatThrownBy(() -> session.restore(5, wrong))
          .isInstanceOf(SessionException.class)
          .hasMessage(
              "readout.bias is F32[13] in the model and F32[1, 13] in the state to be restored");
      assertThat(state(session)).isEqualTo(before);
      assertThat(session.step()).isEqualTo(-1);
    }
  }

  @Test
  void unknown_and_missing_variables_are_named() {
    try (TensorFlowSession session = TensorFlowSession.open(Plans.small(1))) {
      List<TensorValue> values = new ArrayList<>(state(session));
      TensorValue removed = values.remove(0);
      assertThatThrownBy(() -> session.restore(5, values))
          .isInstanceOf(SessionException.class)
          .hasMessageContaining("lacks " + removed.name());
      assertThatThrownBy(() -> session.read(Set.of("bais")))
          .isInstanceOf(SessionException.class)
          .hasMessageContaining("no variable bais");
    }
  }

  @Test
  void a_huge_learning_rate_ends_the_chunk_at_the_first_value_that_is_not_finite() {
    AdamW huge = new AdamW(1e6, 1e6, 0.9, 0.98, 1e-8, 0);
    try (TensorFlowSession session =
        TensorFlowSession.open(Plans.small(1, Sampling.FULL_BATCH, 1, huge))) {
      MetricFrame frame = Plans.run(session, 100);
      assertThat(frame.until()).isLessThan(100).isEqualTo(session.step());
      assertThat(frame.columns().stream())
          .anyMatch(
              column ->
                  column instanceof F32Column values
                      && !Float.isFinite(values.value(values.size() - 1)));
    }
  }

  @Test
  void other_numerics_in_the_same_process_are_refused_by_name() {
    try (TensorFlowSession session = TensorFlowSession.open(Plans.small(1))) {
      assertThat(session.fingerprint().numeric()).containsEntry("threads", "1");
      assertThatThrownBy(
              () -> NativeEnvironment.ofProcess().settle(new Numerics(2, Numerics.Isa.AVX2)))
          .isInstanceOf(SessionException.class)
          .hasMessageContaining("threads = 2, isa = avx2")
          .hasMessageContaining("threads = 1, isa = native");
    }
  }

  @Test
  void a_step_that_does_not_end_in_its_time_is_given_up_as_a_hang_and_can_be_done_again() {
    try (TensorFlowSession session =
            TensorFlowSession.open(Plans.grokking(ModularOperation.ADD, 1, 1));
        TensorFlowSession patient =
            TensorFlowSession.open(Plans.grokking(ModularOperation.ADD, 1, 1))) {
      List<TensorValue> initial = session.read(Set.copyOf(session.variables()));
      session.limit(Duration.ofMillis(1));
      assertThatThrownBy(() -> Plans.run(session, 300))
          .isInstanceOf(SessionLostException.class)
          .satisfies(e -> assertThat(((SessionLostException) e).end()).isEqualTo(AttemptEnd.HUNG))
          .hasMessageContaining("was given up");
      session.limit(Duration.ofMinutes(1));
      session.restore(0, initial);
      UntilProgress none = UntilProgress.of(List.of());
      patient.run(new Chunk(0, 0, 3, none));
      Chunk chunk = new Chunk(1, 3, 3, none);
      assertThat(session.run(chunk)).isEqualTo(patient.run(chunk));
    }
  }

  @Test
  void a_closed_session_says_so_and_closes_twice() {
    TensorFlowSession session = TensorFlowSession.open(Plans.small(1));
    session.close();
    session.close();
    assertThatThrownBy(() -> Plans.run(session, 1)).hasMessage("the session is closed");
  }

  private static TensorFlowSession open(Sampling sampling, long evaluateEvery) {
    return TensorFlowSession.open(Plans.small(1, sampling, evaluateEvery, Plans.QUICK));
  }

  private static F32Column column(MetricFrame frame, MetricName name) {
    return (F32Column) frame.column(name).orElseThrow();
  }

  private static List<TensorValue> state(TensorFlowSession session) {
    return session.read(Set.copyOf(session.variables()));
  }

  private static Set<String> weights(TensorFlowSession session) {
    return Set.copyOf(
        session.variables().stream().filter(name -> !name.contains(".adam-")).toList());
  }

  private static TensorValue filled(TensorValue like, float value) {
    ByteBuffer bytes = ByteBuffer.allocate(like.bytes().remaining()).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      bytes.putFloat(value);
    }
    return new TensorValue(like.name(), like.dtype(), like.shape(), bytes.array());
  }
}
