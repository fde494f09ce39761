package io.saltus.tf.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.HistogramColumn;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.VectorColumn;
import io.saltus.experiment.session.Capability;
import io.saltus.experiment.session.MetricProvider;
import io.saltus.experiment.session.TensorValue;
import io.saltus.tf.data.ModularOperation;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ProbingTest {

  /** Part of the fingerprint of every recorded run of the grokking configuration. */
  private static final String GRAPH =
      "42b67b639d888fa455a807e1de83ea7e8d34b681c8240d01cea16b7cee2ce221";

  @Test
  void all_probes_together_change_no_bit_of_the_grokking_configuration() {
    TrainingPlan plan = Plans.grokking(ModularOperation.ADD, 1, 2);
    try (TensorFlowSession plain = TensorFlowSession.open(plan);
        TensorFlowSession probed = TensorFlowSession.open(plan, List.of(), all(plan))) {
      MetricFrame frame = Plans.run(plain, 9);
      MetricFrame more = Plans.run(probed, 9);
      assertThat(more.columns().subList(0, frame.columns().size())).isEqualTo(frame.columns());
      assertThat(state(probed)).isEqualTo(state(plain));
      assertThat(probed.fingerprint()).isEqualTo(plain.fingerprint());
      assertThat(plain.fingerprint().numeric()).containsEntry("graph", GRAPH);
      assertThat(probed.capabilities()).contains(Capability.PROBES);
    }
  }

  @Test
  void every_offered_metric_has_a_value_at_every_step_but_gradients_at_step_0() {
    TrainingPlan plan = Plans.small(1);
    try (TensorFlowSession session = TensorFlowSession.open(plan, List.of(), all(plan))) {
      MetricFrame frame = Plans.run(session, 3);
      List<MetricDescriptor> probed =
          session.catalogue().metrics().stream().filter(metric -> !metric.deterministic()).toList();
      assertThat(probed).hasSize(offered(plan).size());
      for (MetricDescriptor metric : probed) {
        Column column = frame.column(metric.name()).orElseThrow();
        assertThat(column.kind()).isEqualTo(metric.kind());
        assertThat(column.size())
            .as(metric.name().value())
            .isEqualTo(metric.name().value().startsWith("gradient-") ? 3 : 4);
      }
    }
  }

  @Test
  void names_are_those_of_weights_and_sets() {
    assertThat(offered(Plans.small(1)))
        .hasSize(5 * 4 + 2 * 2 + 2)
        .contains(
            "weight-norm.hidden.bias",
            "gradient-norm.hidden.bias",
            "weight-histogram.readout.weights",
            "gradient-histogram.readout.weights",
            "logit-margin.validation",
            "logit-margin-min.train-set",
            "fourier-power.embedding.left");
  }

  @Test
  void a_window_after_a_restored_state_gives_what_the_whole_run_gives() {
    TrainingPlan plan = Plans.small(1);
    try (TensorFlowSession whole = TensorFlowSession.open(plan, List.of(), all(plan));
        TensorFlowSession window = TensorFlowSession.open(plan, List.of(), all(plan))) {
      Plans.run(whole, 4, 20);
      List<TensorValue> state = state(whole);
      MetricFrame expected = Plans.run(whole, 9, 20);
      window.restore(4, state);
      assertThat(Plans.run(window, 9, 20)).isEqualTo(expected);
    }
  }

  @Test
  void the_gradients_of_the_layers_add_up_to_the_gradient_norm_of_the_step() {
    TrainingPlan plan = Plans.small(1);
    try (TensorFlowSession session = TensorFlowSession.open(plan, List.of(), all(plan))) {
      MetricFrame frame = Plans.run(session, 5);
      F32Column own = (F32Column) column(frame, "gradient-norm");
      for (int i = 0; i < own.size(); i++) {
        double squares = 0;
        for (Column column : frame.columns()) {
          if (column.name().value().startsWith("gradient-norm.")) {
            squares += Math.pow(((F64Column) column).value(i), 2);
          }
        }
        assertThat(Math.sqrt(squares)).isCloseTo(own.value(i), Percentage.withPercentage(1e-3));
      }
    }
  }

  @Test
  void weights_are_those_after_the_update_and_their_measures_agree() {
    TrainingPlan plan = Plans.small(1);
    try (TensorFlowSession session = TensorFlowSession.open(plan, List.of(), all(plan))) {
      MetricFrame frame = Plans.run(session, 6);
      double squares = 0;
      long count = 0;
      for (float element : elements(session, "embedding.left")) {
        squares += (double) element * element;
        count++;
      }
      assertThat(((F64Column) column(frame, "weight-norm.embedding.left")).value(6))
          .isEqualTo(Math.sqrt(squares));
      double power = 0;
      for (float each : ((VectorColumn) column(frame, "fourier-power.embedding.left")).vector(6)) {
        power += each;
      }
      assertThat(power).isCloseTo(squares, Percentage.withPercentage(1e-3));
      HistogramColumn histogram =
          (HistogramColumn) column(frame, "weight-histogram.embedding.left");
      assertThat(Arrays.stream(histogram.counts(6)).sum()).isEqualTo(count);
    }
  }

  @Test
  void logits_are_those_that_the_accuracy_of_the_step_was_taken_from() {
    TrainingPlan plan = Plans.grokking(ModularOperation.ADD, 1, 50);
    try (TensorFlowSession session =
        TensorFlowSession.open(
            plan,
            List.of(),
            Plans.probes(plan, List.of("logit-margin.train-set", "logit-margin-min.train-set")))) {
      MetricFrame frame = Plans.run(session, 700);
      F32Column accuracy = (F32Column) column(frame, "train-set.accuracy");
      F64Column least = (F64Column) column(frame, "logit-margin-min.train-set");
      assertThat(accuracy.value(0)).isLessThan(0.1f);
      assertThat(accuracy.value(accuracy.size() - 1)).isEqualTo(1f);
      for (int i = 0; i < accuracy.size(); i++) {
        double margin = least.value((int) accuracy.steps().at(i));
        assertThat(margin > 0).isEqualTo(accuracy.value(i) == 1);
      }
      assertThat(least.size()).isEqualTo(701);
    }
  }

  @Test
  void an_unknown_metric_is_refused_with_the_nearest() {
    assertThatThrownBy(() -> Plans.probes(Plans.small(1), List.of("weight-norm.hiden.bias")))
        .hasMessage(
            "no metric weight-norm.hiden.bias can be probed in this run; did you mean"
                + " weight-norm.hidden.bias?");
  }

  private static List<MetricProvider> all(TrainingPlan plan) {
    return Plans.probes(plan, offered(plan));
  }

  private static List<String> offered(TrainingPlan plan) {
    return Plans.selection(plan).offered();
  }

  private static Column column(MetricFrame frame, String metric) {
    return frame.column(new MetricName(metric)).orElseThrow();
  }

  private static float[] elements(TensorFlowSession session, String name) {
    TensorValue value = session.read(Set.of(name)).get(0);
    float[] elements = new float[value.bytes().remaining() / Float.BYTES];
    value.bytes().asFloatBuffer().get(elements);
    return elements;
  }

  private static List<TensorValue> state(TensorFlowSession session) {
    return session.read(Set.copyOf(session.variables()));
  }
}
