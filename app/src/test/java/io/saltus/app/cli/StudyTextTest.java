package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.cli.Console.Outcome;
import io.saltus.testkit.Mishap;
import io.saltus.testkit.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a study looks like to people, character by character. */
class StudyTextTest {

  @TempDir Path directory;

  private Outcome study(Script script, String axes, String... lines) throws IOException {
    return new Console(directory)
        .script(script)
        .run("study", Scripted.study(directory, axes, lines), "--name", "s", "--assert");
  }

  private static void assertNarrow(Outcome outcome) {
    assertThat(outcome.lines()).allMatch(line -> line.codePointCount(0, line.length()) <= 80);
  }

  @Test
  void a_cell_without_complete_runs_has_its_row_and_no_picture() throws IOException {
    Outcome outcome =
        study(
            Script.learning().with(1500, new Mishap.Failure("no power")),
            "steps = [1200, 1600]",
            "expect = [{ id = groks, title = \"It groks, we say\","
                + " metric = validation.accuracy, reaches = 0.99, at-most = 1500, in = \"2 of 2\" }]");

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(3);
    assertThat(outcome.out())
        .isEqualTo(
            """
            s: completed, 2 of 4 runs complete, 2 failed

            steps  runs  failed  validation.accuracy, mean  step at 0.99
            1200    2/2       0  1.000 (1.000 to 1.000)     990 (990 to ∞)
            1600    0/2       2  -                          -

            In brackets 95 % intervals over seeds: of means by the bootstrap, of steps for
            the median, where seeds that did not get there count as later than their last
            step.

            validation.accuracy, over the seeds of each cell
                          max ▁▁▁▁▁▁▁▂▂▂▂▂▂▃▃▃▃▃▃▄▄▄▄▄▄▅▅▅▅▅▅▅▆▆▆▆▆▆▇▇▇▇▇▇▇█████████████████
            steps 1200 median ▁▁▁▁▁▁▁▂▂▂▂▂▂▃▃▃▃▃▃▄▄▄▄▄▄▅▅▅▅▅▅▅▆▆▆▆▆▆▇▇▇▇▇▇▇█████████████████
                          min ▁▁▁▁▁▁▁▂▂▂▂▂▂▃▃▃▃▃▃▄▄▄▄▄▄▅▅▅▅▅▅▅▆▆▆▆▆▆▇▇▇▇▇▇▇█████████████████
                              height: 0.00 to 1.00; step 0 to 1,200

            validation.accuracy at 0.99 for good
                       · a seed   › not by then   ● median   ─ its 95 % interval
            steps 1200│                                                       ●────────────
                      └────────────────────────────────────────────────────────────────────
            step       0          200        400         600        800        1,000  1,200

            failed:
              s.3: exception: no power (twice at the same step, which in a deterministic run
              proves that a third try is pointless)
              s.4: exception: no power (twice at the same step, which in a deterministic run
              proves that a third try is pointless)

            undecided groks
                      It groks, we say
                      steps=1600: 0 of 2 seeds, 2 needed, 2 open (2 failed); steps=1200: 2
                      of 2 seeds (990, 990)
            """);
    assertNarrow(outcome);
  }

  @Test
  void a_title_that_would_steer_the_terminal_is_refused_and_shown_harmless() throws IOException {
    Outcome outcome =
        study(
            Script.learning(),
            "steps = [30]",
            "expect = [{ title = \"red \\u001b[31m\", metric = train.loss, at-most = 9 }]");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("expect.0.title: 'red \\u001b[31m' is not one line");
    assertThat(outcome.err()).doesNotContain("\u001b");
  }

  @Test
  void of_many_cells_twelve_are_drawn_and_all_have_a_row() throws IOException {
    Outcome outcome =
        study(Script.learning(), "batch-size = { from = 1, to = 14, count = 14 }", "steps = 30");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.lines()).contains("the first 12 cells are drawn; --format json has all");
    assertThat(outcome.lines().stream().filter(line -> line.matches("batch-size \\d+ +median .*")))
        .hasSize(12);
    assertThat(outcome.lines().stream().filter(line -> line.matches("\\d+ +2/2 +0 .*")))
        .hasSize(14);
    assertNarrow(outcome);
  }

  @Test
  void a_table_of_many_axes_is_as_narrow_as_any() throws IOException {
    Outcome outcome =
        study(
            Script.learning(),
            String.join(
                "\n",
                List.of(
                    "steps = [30]",
                    "batch-size = [16]",
                    "numerics.threads = [1]",
                    "seeds.data = [7123456]",
                    "seeds.order = [7123456]",
                    "checkpoint.keep-last = [2]",
                    "on-divergence = [fail, continue-flagged]")));

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains(
            """

            batch-size 16, keep-last 2, threads 1, on-divergence fail, data 7123456, order
            7123456, steps 30
              runs 2/2, failed 0, validation.accuracy, mean 0.0300 (0.0300 to 0.0300), step
              at 0.99 never 0/2
            batch-size 16,""")
        .contains("\non-divergence fail       median ▁")
        .contains("\n…rgence continue-flagged median ▁");
    assertNarrow(outcome);
  }
}
