package io.saltus.experiment.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.experiment.metric.Steps;
import io.saltus.experiment.spec.Cadence;
import io.saltus.experiment.spec.Evaluation;
import io.saltus.experiment.spec.UntilRule;
import io.saltus.experiment.spec.UntilRule.Bound;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ChunkLoopTest {

  private static final Evaluation EVALUATION =
      new Evaluation(
          new Cadence.Every(3), new TreeMap<>(Map.of("train-set", new Cadence.Every(10))));
  private static final ChunkLoop LOOP =
      new ChunkLoop(ScriptedStepper.CATALOGUE, EVALUATION, ScriptedStepper.SETS);
  private static final UntilRule RULE =
      new UntilRule(ScriptedStepper.VALIDATION, Bound.AT_LEAST, 0.5, 7);

  @Test
  void step_0_has_no_update_and_all_evaluations() {
    ScriptedStepper stepper = stepper();
    MetricFrame frame = LOOP.run(new Chunk(0, 0, 40, UntilProgress.of(List.of())), stepper);
    assertThat(stepper.asked()).containsExactly("evaluate 0 [train-set, validation]");
    assertThat(frame.column(ScriptedStepper.TRAIN_LOSS)).isEmpty();
    assertThat(frame.column(ScriptedStepper.VALIDATION).map(Column::steps)).contains(Steps.of(0));
  }

  @Test
  void sets_are_evaluated_at_their_cadence_and_all_of_them_at_the_end() {
    MetricFrame frame = LOOP.run(new Chunk(0, 11, 11, UntilProgress.of(List.of())), stepper());
    assertThat(frame.column(ScriptedStepper.VALIDATION).map(Column::steps))
        .contains(Steps.of(0, 3, 6, 9, 11));
    assertThat(frame.column(ScriptedStepper.TRAIN_SET).map(Column::steps))
        .contains(Steps.of(0, 10, 11));
    assertThat(frame.column(ScriptedStepper.TRAIN_LOSS).map(Column::size)).contains(11);
  }

  @Test
  void a_rule_that_is_met_ends_the_run_and_has_the_other_sets_evaluated() {
    ScriptedStepper stepper = stepper();
    UntilProgress start = UntilProgress.of(List.of(RULE));
    MetricFrame frame = LOOP.run(new Chunk(0, 40, 40, start), stepper);
    // Holds from 21 on, is evaluated at 21, 24, 27: seven steps at 27.
    assertThat(frame.until()).isEqualTo(27);
    assertThat(stepper.asked())
        .endsWith("update 27 [validation]", "evaluate 27 [train-set]")
        .doesNotContain("update 28 []");
    assertThat(frame.column(ScriptedStepper.TRAIN_SET).map(Column::steps))
        .contains(Steps.of(0, 10, 20, 27));
    assertThat(start.observe(frame).met()).contains(new UntilProgress.Met(RULE, 27));
  }

  @Test
  void a_deterministic_value_that_is_not_finite_ends_the_run() {
    ScriptedStepper stepper = new ScriptedStepper(step -> step == 5 ? Double.NaN : 1, step -> 0);
    MetricFrame frame = LOOP.run(new Chunk(0, 40, 40, UntilProgress.of(List.of())), stepper);
    assertThat(frame.until()).isEqualTo(5);
    assertThat(stepper.asked()).endsWith("update 5 []", "evaluate 5 [train-set, validation]");
  }

  @Test
  void a_frame_ends_before_the_step_that_fails_and_the_failure_comes_when_that_is_asked_for() {
    ScriptedStepper stepper =
        new ScriptedStepper(
            step -> 1,
            step -> {
              if (step == 9) {
                throw new SessionException("singular");
              }
              return 0.25;
            });
    ChunkLoop loop = new ChunkLoop(ScriptedStepper.CATALOGUE, EVALUATION, ScriptedStepper.SETS);

    MetricFrame frame = loop.run(new Chunk(0, 40, 40, UntilProgress.of(List.of(RULE))), stepper);

    assertThat(frame.until()).isEqualTo(8);
    assertThat(frame.column(ScriptedStepper.TRAIN_LOSS).map(Column::size)).contains(8);
    assertThat(frame.column(ScriptedStepper.VALIDATION).map(Column::steps))
        .contains(Steps.of(0, 3, 6));
    Chunk next = new Chunk(9, 40, 40, UntilProgress.of(List.of(RULE)).observe(frame));
    assertThatThrownBy(() -> loop.run(next, stepper))
        .isInstanceOf(SessionException.class)
        .hasMessage("singular");
    assertThat(stepper.asked()).filteredOn(asked -> asked.startsWith("update 9")).hasSize(1);
  }

  @Test
  void a_chunk_whose_first_step_fails_and_a_lost_session_fail_at_once() {
    for (long failing : new long[] {0, 6}) {
      ChunkLoop loop = new ChunkLoop(ScriptedStepper.CATALOGUE, EVALUATION, ScriptedStepper.SETS);
      ScriptedStepper stepper =
          new ScriptedStepper(
              step -> 1,
              step -> {
                if (step == failing) {
                  throw failing == 0
                      ? new SessionException("singular")
                      : new SessionLostException(AttemptEnd.KILLED, "gone");
                }
                return 0.5;
              });

      assertThatThrownBy(() -> loop.run(new Chunk(0, 40, 40, UntilProgress.of(List.of())), stepper))
          .isInstanceOf(SessionException.class);
    }
  }

  @Test
  void a_run_may_be_infinite_at_its_start() {
    ScriptedStepper stepper = new ScriptedStepper(step -> 1, step -> Double.POSITIVE_INFINITY);
    MetricFrame frame = LOOP.run(new Chunk(0, 40, 40, UntilProgress.of(List.of())), stepper);
    assertThat(frame.until()).isZero();
    assertThat(stepper.asked()).containsExactly("evaluate 0 [train-set, validation]");
  }

  @Property(seed = "1", tries = 300)
  void however_the_steps_are_cut_the_run_is_the_same(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 15) Integer> sizes,
      @ForAll @IntRange(min = 0, max = 45) int end,
      @ForAll boolean withRule) {
    UntilProgress start = UntilProgress.of(withRule ? List.of(RULE) : List.of());
    ScriptedStepper once = stepper();
    MetricFrame whole = LOOP.run(new Chunk(0, end, end, start), once);

    ScriptedStepper cut = stepper();
    List<MetricFrame> frames = new ArrayList<>();
    UntilProgress progress = start;
    long first = 0;
    for (int i = 0; first <= end; i++) {
      long last = Math.min(end, first + sizes.get(i % sizes.size()) - 1);
      MetricFrame frame = LOOP.run(new Chunk(first, last, end, progress), cut);
      frames.add(frame);
      progress = progress.observe(frame);
      if (frame.until() < last || progress.met().isPresent()) {
        break;
      }
      first = last + 1;
    }

    assertThat(cut.asked()).isEqualTo(once.asked());
    assertThat(progress).isEqualTo(start.observe(whole));
    assertThat(frames.get(frames.size() - 1).until()).isEqualTo(whole.until());
    for (MetricDescriptor metric : ScriptedStepper.CATALOGUE.metrics()) {
      assertThat(points(frames, metric.name())).isEqualTo(points(List.of(whole), metric.name()));
    }
  }

  @Test
  void a_long_chunk_grows_its_columns() {
    MetricFrame frame = LOOP.run(new Chunk(1, 5000, 9000, UntilProgress.of(List.of())), stepper());
    assertThat(frame.column(ScriptedStepper.TRAIN_LOSS).map(Column::size)).contains(5000);
    assertThat(((ScalarColumn) frame.column(ScriptedStepper.TOKENS).orElseThrow()).asDouble(4999))
        .isEqualTo(5000 * 512.0);
  }

  @Test
  void a_value_of_another_kind_than_the_catalogues_is_refused() {
    Stepper wrong =
        new Stepper() {
          @Override
          public void update(long step, List<String> sets, StepRecord record) {
            record.f64(0, 1);
          }

          @Override
          public void evaluate(long step, List<String> sets, StepRecord record) {
            record.f64(0, 1);
          }
        };
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LOOP.run(new Chunk(1, 1, 9, UntilProgress.of(List.of())), wrong))
        .withMessageContaining("train.loss is F32 and was given as F64");
  }

  @Test
  void a_vector_cannot_be_recorded_as_a_scalar() {
    Catalogue vectors =
        new Catalogue(
            List.of(
                new MetricDescriptor(
                    new MetricName("v"), "", ColumnKind.VECTOR, 3, "", "every step", true, true)));
    FrameBuilder builder =
        new FrameBuilder(vectors, new Chunk(0, 0, 0, UntilProgress.of(List.of())));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.f32(0, 1));
    assertThat(builder.build().columns()).isEmpty();
  }

  @Test
  void a_chunk_has_steps_in_order() {
    UntilProgress none = UntilProgress.of(List.of());
    assertThatIllegalArgumentException().isThrownBy(() -> new Chunk(-1, 0, 0, none));
    assertThatIllegalArgumentException().isThrownBy(() -> new Chunk(2, 1, 5, none));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Chunk(1, 6, 5, none))
        .withMessage("a chunk cannot go from 1 to 6 of 5");
  }

  private static ScriptedStepper stepper() {
    return new ScriptedStepper(step -> 10.0 / step, step -> step >= 20 ? 0.9 : 0.1);
  }

  private static List<String> points(List<MetricFrame> frames, MetricName metric) {
    List<String> points = new ArrayList<>();
    for (MetricFrame frame : frames) {
      frame
          .column(metric)
          .map(ScalarColumn.class::cast)
          .ifPresent(
              column -> {
                for (int i = 0; i < column.size(); i++) {
                  points.add(column.steps().at(i) + ":" + column.asDouble(i));
                }
              });
    }
    return points;
  }
}
