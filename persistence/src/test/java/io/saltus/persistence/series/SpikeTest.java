package io.saltus.persistence.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.RunId;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.runs.ScriptedJournal;
import io.saltus.persistence.runs.StepRange;
import io.saltus.persistence.series.SeriesIndexes.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands at one step of a million, seen from near and far. */
class SpikeTest {

  private static final long STEPS = 1_000_000;
  private static final long UP = 765_432;
  private static final long DOWN = 765_433;
  private static final long NAN = 123_456;
  private static final long ENDLESS = 300_000;
  private static final List<Integer> POINTS = List.of(4, 5, 10, 60, 500, 2_000, 4_000);

  @TempDir private static Path directory;
  private static ScriptedJournal journal;
  private static SeriesIndexes indexes;

  @BeforeAll
  static void index() throws IOException {
    journal =
        LongRun.journal(
            STEPS,
            new LongRun.Odd(UP, 100),
            new LongRun.Odd(DOWN, -100),
            new LongRun.Odd(NAN, Float.NaN));
    indexes = SeriesIndexes.of(Home.at(directory));
    assertThat(indexes.bringUpToDate(journal, LongRun.RUN, Limits.DEFAULT, () -> true))
        .isEqualTo(journal.highestSequence("run|" + LongRun.RUN));
  }

  @Test
  void it_is_seen_at_every_zoom_level_around_it() {
    for (long width = STEPS; width > 1; width = width * 2 / 3) {
      for (double place : new double[] {0, 0.01, 0.5, 0.73, 1}) {
        long from = Math.max(0, UP - (long) (width * place));
        StepRange range = new StepRange(from, Math.min(STEPS - 1, from + width));
        for (int points : POINTS) {
          assertThat(ask(range, points)).as("%s by %d", range, points).contains(UP);
          if (range.until() >= DOWN) {
            assertThat(ask(range, points)).as("%s by %d", range, points).contains(DOWN);
          }
        }
      }
    }
  }

  @Test
  void it_is_not_seen_beside_it() {
    for (long width = 2; width < 200_000; width = width * 3 / 2 + 1) {
      for (int points : POINTS) {
        assertThat(ask(new StepRange(UP - width, UP - 1), points)).allMatch(step -> step < UP);
        assertThat(ask(new StepRange(DOWN + 1, DOWN + width), points))
            .allMatch(step -> step > DOWN);
      }
    }
  }

  @Test
  void what_is_not_finite_is_seen_as_well() throws IOException {
    RunId run = LongRun.RUN;
    ScriptedJournal other =
        LongRun.journal(
            400_000,
            new LongRun.Odd(NAN, Float.NaN),
            new LongRun.Odd(ENDLESS, Float.NEGATIVE_INFINITY));
    SeriesIndexes its = SeriesIndexes.of(Home.at(directory.resolve("other")));
    its.bringUpToDate(other, run, Limits.DEFAULT, () -> true);
    for (long width = 390_000; width > 1; width /= 2) {
      StepRange at = new StepRange(Math.max(0, NAN - width / 3), NAN + width / 3);
      StepRange end = new StepRange(Math.max(0, ENDLESS - width / 3), ENDLESS + width / 4);
      for (int points : POINTS) {
        assertThat(steps(its, other, end, points)).contains(ENDLESS);
        // The four others have priority where there is room for four.
        if (points > 4) {
          assertThat(steps(its, other, at, points)).contains(NAN);
        }
      }
    }
  }

  private static List<Long> ask(StepRange range, int points) {
    return steps(indexes, journal, range, points);
  }

  private static List<Long> steps(
      SeriesIndexes of, ScriptedJournal in, StepRange range, int points) {
    ThinnedSeries answer =
        of.thinned(in, LongRun.RUN, List.of(LongRun.LOSS), range, STEPS - 1, points)
            .orElseThrow()
            .get(0);
    assertThat(answer.total()).isEqualTo(range.until() - range.from() + 1);
    assertThat(answer.points()).hasSizeLessThanOrEqualTo(points);
    return answer.points().stream().map(Point::step).toList();
  }
}
