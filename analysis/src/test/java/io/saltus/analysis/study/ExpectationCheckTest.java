package io.saltus.analysis.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.analysis.study.RunResults.Status;
import io.saltus.analysis.study.Verdict.Outcome;
import io.saltus.experiment.jump.Bootstrap;
import io.saltus.experiment.jump.Interval;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.jump.JumpKind;
import io.saltus.experiment.jump.Sharp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is expected of each run: levels, crossings, delays, jumps. */
class ExpectationCheckTest extends ExpectationScene {

  @Test
  void a_level_holds_in_as_many_seeds_as_are_asked_for() {
    StudyResults four = oneCell(run(1, 100, 0.5), run(2, 90, 0.5), run(3, 80, 0.5), run(4, 7, 0.5));
    StudyResults three =
        oneCell(run(1, 100, 0.5), run(2, 90, 0.5), run(3, 80, 0.5), run(4, NEVER, 0.5));
    String most = "{ metric = validation.accuracy, at-least = 0.99, in = 4 of 5 }";
    assertThat(check(most, four).outcome()).isEqualTo(Outcome.OK);
    assertThat(check(most, three).outcome()).isEqualTo(Outcome.NOT);
    assertThat(check(most, three).evidence()).isEqualTo("3 of 4 seeds, 4 needed (1, 1, 1, 0)");
    assertThat(check("{ metric = validation.accuracy, at-least = 0.99, in = 3 of 4 }", three))
        .isEqualTo(
            new Verdict(
                "expectation-1",
                "the last validation.accuracy is at least 0.99",
                Outcome.OK,
                "3 of 4 seeds (1, 1, 1, 0)",
                0.75,
                Proportion.wilson(3, 4)));
  }

  @Test
  void the_greatest_and_the_smallest_value_count_when_asked_for() {
    StudyResults dip = oneCell(new Run(1, Status.COMPLETED, Map.of("a", series("a", 3, 9, 1, 5))));
    assertThat(check("{ metric = a, take = max, at-least = 9, at-most = 9 }", dip).outcome())
        .isEqualTo(Outcome.OK);
    assertThat(check("{ metric = a, take = min, at-most = 1 }", dip).outcome())
        .isEqualTo(Outcome.OK);
    assertThat(check("{ metric = a, take = last, at-most = 4 }", dip).outcome())
        .isEqualTo(Outcome.NOT);
  }

  @Test
  void a_crossing_is_the_first_step_from_which_the_level_is_kept() {
    double[] values = {0, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1};
    StudyResults results = oneCell(new Run(1, Status.COMPLETED, Map.of("a", series("a", values))));
    assertThat(check("{ metric = a, reaches = 1, at-least = 7, at-most = 7 }", results).outcome())
        .isEqualTo(Outcome.OK);
    assertThat(
            check("{ metric = a, reaches = 1, for-steps = 1, at-least = 1, at-most = 1 }", results)
                .outcome())
        .isEqualTo(Outcome.OK);
    assertThat(
            check("{ metric = a, reaches = 1, for-steps = 2, at-least = 7, at-most = 7 }", results)
                .outcome())
        .isEqualTo(Outcome.OK);
    assertThat(check("{ metric = a, reaches = 1, for-steps = 6, never = true }", results).outcome())
        .isEqualTo(Outcome.OK);
    double[] turned = Arrays.stream(values).map(value -> 1 - value).toArray();
    StudyResults falling = oneCell(new Run(1, Status.COMPLETED, Map.of("a", series("a", turned))));
    assertThat(check("{ metric = a, falls-to = 0, at-least = 7, at-most = 7 }", falling).outcome())
        .isEqualTo(Outcome.OK);
  }

  @Test
  void a_step_that_was_not_reached_is_later_than_the_last_one() {
    StudyResults never = oneCell(run(1, NEVER, 0.5));
    assertThat(check("{ " + REACHES + ", never = true }", never).outcome()).isEqualTo(Outcome.OK);
    assertThat(check("{ " + REACHES + ", at-least = 100 }", never).outcome()).isEqualTo(Outcome.OK);
    assertThat(check("{ " + REACHES + ", at-least = 101 }", never).outcome())
        .isEqualTo(Outcome.NOT);
    assertThat(check("{ " + REACHES + ", at-most = 1000 }", never))
        .satisfies(
            verdict -> {
              assertThat(verdict.outcome()).isEqualTo(Outcome.NOT);
              assertThat(verdict.evidence()).endsWith("(not reached by 100)");
            });
    assertThat(check("{ " + REACHES + ", never = true }", oneCell(run(1, 50, 0.5))).evidence())
        .endsWith("(reached at 50)");
  }

  @Test
  void a_delay_is_the_ratio_of_two_crossings() {
    String delay =
        "{ ratio = [{ "
            + REACHES
            + " }, { metric = train.accuracy, reaches = 0.99 }], at-least = 3 }";
    assertThat(check(delay, oneCell(learnt(1, 10, 30))).outcome()).isEqualTo(Outcome.OK);
    assertThat(check(delay, oneCell(learnt(1, 10, 29))).evidence())
        .isEqualTo("0 of 1 seeds, 1 needed (2.900)");
    assertThat(check(delay, oneCell(learnt(1, 10, NEVER))).outcome()).isEqualTo(Outcome.NOT);
    assertThat(check(delay, oneCell(learnt(1, 0, 29))).outcome()).isEqualTo(Outcome.UNDECIDED);
  }

  @Test
  void a_level_can_be_taken_where_another_metric_crosses_one() {
    String first =
        "{ metric = validation.accuracy, at { metric = train.accuracy, reaches = 0.99 }, at-most = 0.2 }";
    assertThat(check(first, oneCell(learnt(1, 10, 30))).outcome()).isEqualTo(Outcome.OK);
    assertThat(check(first, oneCell(learnt(1, 31, 30))).outcome()).isEqualTo(Outcome.NOT);
    assertThat(check(first, oneCell(learnt(1, NEVER, 30))).outcome()).isEqualTo(Outcome.NOT);
  }

  @Test
  void runs_that_are_not_finished_leave_open_what_they_could_decide() {
    String most = "{ metric = validation.accuracy, at-least = 0.99, in = 2 of 3 }";
    Run open = new Run(3, Status.UNFINISHED, Map.of());
    Run failed = new Run(3, Status.FAILED, Map.of());
    Run good = run(1, 5, 0.5);
    Run bad = run(2, NEVER, 0.5);
    assertThat(check(most, oneCell(good, run(2, 5, 0.5), open)).outcome()).isEqualTo(Outcome.OK);
    assertThat(check(most, oneCell(good, bad, open)))
        .satisfies(
            verdict -> {
              assertThat(verdict.outcome()).isEqualTo(Outcome.UNDECIDED);
              assertThat(verdict.evidence())
                  .isEqualTo("1 of 3 seeds, 2 needed, 1 open (1, 0, 1 not finished)");
              assertThat(verdict.interval()).isEqualTo(Proportion.wilson(1, 2));
            });
    assertThat(check(most, oneCell(good, bad, failed)).outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(check(most, oneCell(bad, run(1, NEVER, 0), open)).outcome()).isEqualTo(Outcome.NOT);
    assertThat(
            check(
                    most,
                    new StudyResults(
                        List.of(new CellResults(new TreeMap<>(), List.of(good))), 3, List.of()))
                .outcome())
        .isEqualTo(Outcome.UNDECIDED);
  }

  @Test
  void a_metric_that_was_not_recorded_decides_nothing() {
    assertThat(check("{ metric = b, at-least = 1 }", oneCell(run(1, 5, 0.5))))
        .satisfies(
            verdict -> {
              assertThat(verdict.outcome()).isEqualTo(Outcome.UNDECIDED);
              assertThat(verdict.evidence()).contains("b is not recorded");
              assertThat(verdict.interval()).isEqualTo(Interval.NONE);
            });
  }

  @Test
  void jumps_are_there_or_not_and_perhaps_sharp() {
    StudyResults sharp = oneCell(jumping(1, JumpKind.GROKKING, Sharp.YES));
    StudyResults uncertain = oneCell(jumping(1, JumpKind.GROKKING, Sharp.UNCERTAIN));
    String any = "{ metric = validation.accuracy, jump = ";
    assertThat(check(any + "grokking }", sharp))
        .satisfies(
            verdict -> {
              assertThat(verdict.outcome()).isEqualTo(Outcome.OK);
              assertThat(verdict.evidence()).isEqualTo("1 of 1 seeds (grokking at 1,500)");
            });
    assertThat(check(any + "any, present = false }", sharp).outcome()).isEqualTo(Outcome.NOT);
    assertThat(check(any + "collapse, present = false }", sharp).outcome()).isEqualTo(Outcome.OK);
    assertThat(check(any + "grokking, sharp = true }", sharp).outcome()).isEqualTo(Outcome.OK);
    assertThat(check(any + "grokking, sharp = false }", sharp).outcome()).isEqualTo(Outcome.NOT);
    assertThat(check(any + "grokking, sharp = true }", uncertain).outcome())
        .isEqualTo(Outcome.UNDECIDED);
    assertThat(check("{ metric = train.accuracy, jump = grokking }", sharp).outcome())
        .isEqualTo(Outcome.NOT);
    assertThat(check(any + "grokking }", oneCell(run(1, 5, 0))).evidence())
        .contains("not analysed for jumps");
  }

  @Test
  void a_study_has_seeds() {
    assertThatThrownBy(() -> new StudyResults(List.of(), 0, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Run learnt(long seed, double training, double validation) {
    return new Run(
        seed,
        Status.COMPLETED,
        Map.of(
            "train.accuracy", rising("train.accuracy", training, 0),
            "validation.accuracy", rising("validation.accuracy", validation, 0)));
  }

  private static Run jumping(long seed, JumpKind kind, Sharp sharp) {
    Jump jump =
        new Jump(
            "validation.accuracy",
            kind,
            1000,
            1500,
            2000,
            Interval.NONE,
            Interval.NONE,
            Interval.NONE,
            0,
            1,
            1,
            Interval.NONE,
            0.3,
            Interval.NONE,
            sharp,
            false,
            false,
            false,
            5,
            0.01,
            0.001,
            0.002,
            new Bootstrap(999, 50, 1),
            5,
            List.of(),
            "");
    return new Run(seed, Status.COMPLETED, Map.of(), Optional.of(new ArrayList<>(List.of(jump))));
  }
}
