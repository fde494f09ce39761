package io.saltus.bench.judge.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.jump.Bootstrap;
import io.saltus.experiment.jump.Interval;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.jump.JumpKind;
import io.saltus.experiment.jump.Sharp;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectationTest {

  private static final Jump MEMORISED =
      jump(Expectation.TRAINING, JumpKind.MEMORISATION, 0.8, Sharp.NO, Double.NaN);
  private static final Jump GROKKED =
      jump(Expectation.VALIDATION, JumpKind.GROKKING, 0.3, Sharp.YES, 5);

  @Test
  void what_is_asked_of_a_run_follows_from_its_spec() {
    assertThat(Expectation.of("grokking", 1)).contains(Expectation.GROKKING);
    assertThat(Expectation.of("grokking", 0)).contains(Expectation.NO_GROKKING);
    assertThat(Expectation.of("fashion-mnist", 0.01)).contains(Expectation.JOINT_LEARNING);
    assertThat(Expectation.of("mine", 1)).isEmpty();
  }

  @Test
  void grokking_is_memorised_first_and_has_a_delay() {
    assertThat(Expectation.GROKKING.isMet(List.of(MEMORISED, GROKKED))).isTrue();
    assertThat(Expectation.GROKKING.isMet(List.of(GROKKED))).isFalse();
    assertThat(Expectation.GROKKING.isMet(List.of(MEMORISED))).isFalse();
    Jump undated = jump(Expectation.VALIDATION, JumpKind.GROKKING, 0.3, Sharp.YES, Double.NaN);
    assertThat(Expectation.GROKKING.isMet(List.of(MEMORISED, undated))).isFalse();
    Jump boasting = jump(Expectation.TRAINING, JumpKind.MEMORISATION, 0.8, Sharp.YES, Double.NaN);
    assertThat(Expectation.GROKKING.isMet(List.of(boasting, GROKKED))).isFalse();
  }

  @Test
  void joint_learning_has_no_sharp_jump_beside_it() {
    Jump joint = jump(Expectation.TRAINING, JumpKind.JOINT_LEARNING, 1.1, Sharp.NO, Double.NaN);
    assertThat(Expectation.JOINT_LEARNING.isMet(List.of(joint))).isTrue();
    assertThat(Expectation.JOINT_LEARNING.isMet(List.of())).isFalse();
    Jump sharp = jump("validation.loss", JumpKind.PLATEAU_ESCAPE, 0.2, Sharp.YES, Double.NaN);
    assertThat(Expectation.JOINT_LEARNING.isMet(List.of(joint, sharp))).isFalse();
  }

  @Test
  void without_weight_decay_nothing_groks() {
    assertThat(Expectation.NO_GROKKING.isMet(List.of(MEMORISED))).isTrue();
    assertThat(Expectation.NO_GROKKING.isMet(List.of(MEMORISED, GROKKED))).isFalse();
  }

  private static Jump jump(
      String metric, JumpKind kind, double decades, Sharp sharp, double delay) {
    return new Jump(
        metric,
        kind,
        100,
        150,
        200,
        Interval.NONE,
        Interval.NONE,
        Interval.NONE,
        0,
        1,
        1,
        Interval.NONE,
        decades,
        Interval.NONE,
        sharp,
        false,
        false,
        false,
        10,
        0.01,
        0.001,
        0.001,
        new Bootstrap(99, 1, 1),
        delay,
        List.of(),
        "");
  }
}
