package io.saltus.analysis.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.saltus.analysis.study.RunResults.Status;
import io.saltus.analysis.study.Verdict.Outcome;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is expected of several cells: of each that is selected, and along an axis. */
class ExpectationOfCellsTest extends ExpectationScene {

  @Test
  void every_selected_cell_must_show_it_and_the_worst_is_told_first() {
    StudyResults results =
        cells(List.of(), cell("0", run(1, NEVER, 0.5)), cell("1", run(1, 50, 0.5)));
    assertThat(check("{ " + REACHES + ", at-most = 60 }", results))
        .satisfies(
            verdict -> {
              assertThat(verdict.outcome()).isEqualTo(Outcome.NOT);
              assertThat(verdict.evidence())
                  .isEqualTo(
                      DECAY
                          + "=0: 0 of 1 seeds, 1 needed (not reached by 100); "
                          + DECAY
                          + "=1: 1 of 1 seeds (50)");
              assertThat(verdict.estimate()).isZero();
            });
    String where = ", where { \"" + DECAY + "\" = [\"1\"] }";
    assertThat(check("{ " + REACHES + ", at-most = 60" + where + " }", results).outcome())
        .isEqualTo(Outcome.OK);
    assertThat(
            check("{ " + REACHES + ", at-most = 60" + where.replace("1", "9") + " }", results)
                .outcome())
        .isEqualTo(Outcome.UNDECIDED);
  }

  @Test
  void medians_along_an_axis_count_seeds_that_never_got_there_as_later() {
    StudyResults results =
        cells(
            List.of(),
            cell("0", run(1, NEVER, 0), run(2, NEVER, 0), run(3, NEVER, 0)),
            cell("0.1", run(1, NEVER, 0), run(2, NEVER, 0), run(3, 20, 0)),
            cell("1", run(1, 50, 0), run(2, 60, 0), run(3, NEVER, 0)));
    String falling = "{ " + REACHES + ", along = \"" + DECAY + "\", order = falling";
    assertThat(check(falling + " }", results))
        .satisfies(
            verdict -> {
              assertThat(verdict.outcome()).isEqualTo(Outcome.OK);
              assertThat(verdict.evidence())
                  .isEqualTo(
                      DECAY
                          + " 0: not reached by half (0 of 3) · 0.1: not reached by half (1 of 3)"
                          + " · 1: 60 (2 of 3)");
            });
    assertThat(check(falling.replace("falling", "rising") + " }", results).outcome())
        .isEqualTo(Outcome.NOT);
    // Seed 3 goes up at the end, so it does not hold one by one.
    assertThat(check(falling + ", in = 2 of 3 }", results).outcome()).isEqualTo(Outcome.OK);
    assertThat(check(falling + ", in = 3 of 3 }", results).outcome()).isEqualTo(Outcome.NOT);
  }

  @Test
  void an_order_of_equal_values_is_none() {
    StudyResults results = cells(List.of(), cell("0", run(1, 50, 0)), cell("1", run(1, 50, 0)));
    for (String order : List.of("falling", "rising")) {
      assertThat(
              check(
                      "{ " + REACHES + ", along = \"" + DECAY + "\", order = " + order + " }",
                      results)
                  .outcome())
          .isEqualTo(Outcome.NOT);
    }
  }

  @Test
  void a_difference_has_the_interval_of_its_seeds() {
    StudyResults results =
        cells(
            List.of(),
            cell("0", run(1, 50, 0), run(2, 60, 0), run(3, 70, 0)),
            cell("1", run(1, 40, 0), run(2, 45, 0), run(3, 50, 0)));
    String difference =
        "{ " + REACHES + ", along = \"" + DECAY + "\", from = 0, to = 1, at-most = ";
    assertThat(check(difference + "-15 }", results))
        .satisfies(
            verdict -> {
              assertThat(verdict.outcome()).isEqualTo(Outcome.OK);
              assertThat(verdict.estimate()).isCloseTo(-15, within(1e-12));
              assertThat(verdict.interval())
                  .isEqualTo(SeedBootstrap.mean(new double[] {-10, -15, -20}, 1).interval());
              assertThat(verdict.evidence())
                  .startsWith(DECAY + " 1 minus 0: -15 [-20, -10] over 3");
            });
    assertThat(check(difference + "-16 }", results).outcome()).isEqualTo(Outcome.NOT);
    assertThat(check(difference + "-16, in = 1 of 3 }", results).outcome()).isEqualTo(Outcome.OK);
  }

  @Test
  void other_axes_make_lines_of_their_own_but_what_is_zipped_goes_along() {
    CellResults first =
        new CellResults(new TreeMap<>(Map.of("a", "1", "b", "1")), List.of(run(1, 50, 0)));
    CellResults second =
        new CellResults(new TreeMap<>(Map.of("a", "2", "b", "2")), List.of(run(1, 40, 0)));
    String falling = "{ " + REACHES + ", along = a, order = falling }";
    assertThat(check(falling, cells(List.of(List.of("a", "b")), first, second)).outcome())
        .isEqualTo(Outcome.OK);
    assertThat(check(falling, cells(List.of(), first, second)))
        .satisfies(
            verdict -> {
              assertThat(verdict.outcome()).isEqualTo(Outcome.UNDECIDED);
              assertThat(verdict.evidence()).startsWith("b=1: only one value of a");
            });
  }

  @Test
  void an_order_waits_for_all_of_its_runs() {
    StudyResults results =
        cells(
            List.of(),
            cell("0", run(1, 50, 0)),
            cell("1", new Run(1, Status.UNFINISHED, Map.of())));
    assertThat(check("{ " + REACHES + ", along = \"" + DECAY + "\", order = falling }", results))
        .satisfies(
            verdict -> {
              assertThat(verdict.outcome()).isEqualTo(Outcome.UNDECIDED);
              assertThat(verdict.evidence())
                  .endsWith("1 runs are not finished, failed or cannot say");
            });
  }
}
