package io.saltus.tf.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.tf.data.ModularOperation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class GrokkingTest {

  private static final int STEPS = 6000;
  private static final int EVALUATE_EVERY = 20;
  private static final int FOR_EVALUATIONS = 20;
  private static final float LEARNED = 0.99f;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void the_network_memorises_and_long_after_generalises(long seed) {
    try (TensorFlowSession session =
        TensorFlowSession.open(Plans.grokking(ModularOperation.ADD, seed, EVALUATE_EVERY))) {
      MetricFrame frame = Plans.run(session, STEPS);
      long memorised = sustained(frame, "train-set");
      long generalised = sustained(frame, "validation");
      assertThat(memorised).isPositive();
      assertThat(validationAt(frame, memorised)).isLessThan(0.2f);
      assertThat(generalised).isGreaterThanOrEqualTo(3 * memorised);
    }
  }

  /** The first evaluated step from which the accuracy stays at the level for a while. */
  private static long sustained(MetricFrame frame, String set) {
    F32Column accuracy = column(frame, set);
    int held = 0;
    for (int i = 0; i < accuracy.size(); i++) {
      held = accuracy.value(i) >= LEARNED ? held + 1 : 0;
      if (held == FOR_EVALUATIONS) {
        return accuracy.steps().at(i - held + 1);
      }
    }
    throw new AssertionError(set + " never stays at " + LEARNED);
  }

  private static float validationAt(MetricFrame frame, long step) {
    F32Column accuracy = column(frame, "validation");
    return accuracy.value(accuracy.steps().firstAtLeast(step));
  }

  private static F32Column column(MetricFrame frame, String set) {
    return (F32Column) frame.column(MetricName.accuracyOf(set)).orElseThrow();
  }
}
