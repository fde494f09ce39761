package io.saltus.persistence.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent.HistoryRewound;
import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.Steps;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.runs.RunScript;
import io.saltus.persistence.runs.ScriptedJournal;
import io.saltus.persistence.runs.StepRange;
import io.saltus.persistence.series.SeriesIndexes.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file can be missing, cut off, changed, foreign or old; no answer changes by that. */
class SeriesFileTest {

  private static final Limits LIMITS = new Limits(2_000, 5_000);
  private static final long STEPS = 20_000;
  private static final StepRange PART = new StepRange(777, 17_777);

  @TempDir private Path directory;
  private final ScriptedJournal journal = LongRun.journal(STEPS, new LongRun.Odd(9_999, 7));
  private SeriesIndexes indexes;
  private Path file;

  @BeforeEach
  void index() throws IOException {
    Home home = Home.at(directory.resolve("home"));
    indexes = SeriesIndexes.of(home);
    file = home.series().resolve("long.series");
    bringUpToDate();
  }

  @Test
  void one_that_was_cut_off_anywhere_is_believed_as_far_as_it_goes_and_made_whole()
      throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 97) {
      Files.write(file, Arrays.copyOf(whole, length));
      check("%d bytes of it".formatted(length));
      bringUpToDate();
      assertThat(Files.size(file)).isEqualTo(whole.length);
      assertThat(ask()).isPresent();
    }
  }

  @Test
  void one_with_another_bit_anywhere_changes_no_answer_and_is_made_anew() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int place = 0; place < whole.length; place += 53) {
      byte[] flipped = whole.clone();
      flipped[place] ^= 4;
      Files.write(file, flipped);
      check("a bit of byte %d".formatted(place));
      bringUpToDate();
      check("made anew after a bit of byte %d".formatted(place));
    }
    indexes.delete(LongRun.RUN);
    bringUpToDate();
    assertThat(ask()).isPresent();
  }

  @Test
  void zeros_behind_its_end_as_a_power_failure_leaves_are_passed_over() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length + 4_096));
    check("zeros");
    append(5_000);
    bringUpToDate();
    check("after zeros");
    assertThat(Files.size(file)).isGreaterThan(whole.length).isLessThan(whole.length * 2L);
  }

  @Test
  void one_of_another_version_or_run_is_passed_over() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    byte[] other = whole.clone();
    other[7] = '2';
    Files.write(file, other);
    assertThat(ask()).isEmpty();
    bringUpToDate();
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);

    Files.copy(file, file.resolveSibling("lone.series"));
    RunId lone = new RunId("lone");
    journal.append(lone, RunScript.submitted(lone));
    assertThat(indexes.thinned(journal, lone, List.of(LongRun.LOSS), StepRange.ALL, STEPS, 100))
        .isEmpty();
  }

  @Test
  void one_of_a_copy_of_the_journal_that_went_another_way_is_passed_over() throws IOException {
    ScriptedJournal other = LongRun.journal(STEPS, new LongRun.Odd(19_999, 8));
    assertThat(
            indexes.thinned(other, LongRun.RUN, List.of(LongRun.LOSS), StepRange.ALL, STEPS, 100))
        .isEmpty();
    ScriptedJournal shorter = LongRun.journal(STEPS / 2);
    indexes.bringUpToDate(shorter, LongRun.RUN, LIMITS, () -> true);
    Optional<List<ThinnedSeries>> answer =
        indexes.thinned(shorter, LongRun.RUN, List.of(LongRun.LOSS), StepRange.ALL, STEPS / 2, 100);
    Contract.check(
        answer.orElseThrow().get(0),
        Contract.all(shorter, LongRun.RUN, LongRun.LOSS, StepRange.ALL),
        100);
  }

  @Test
  void one_that_is_behind_is_completed_from_the_journal_and_only_added_to() throws IOException {
    byte[] before = Files.readAllBytes(file);
    append(1_000);
    bringUpToDate();
    assertThat(Files.readAllBytes(file)).as("too little is new").isEqualTo(before);
    check("behind");
    append(3_000);
    bringUpToDate();
    assertThat(Files.readAllBytes(file)).startsWith(before).hasSizeGreaterThan(before.length);
    check("up to date");
  }

  @Test
  void what_was_rewound_is_cut_off_and_what_came_instead_is_added() throws IOException {
    long before = Files.size(file);
    journal.append(LongRun.RUN, RunScript.started(2, 12_345), new HistoryRewound(2, 12_345));
    check("before it is noticed");
    bringUpToDate();
    check("with nothing after it");
    assertThat(Files.size(file)).isLessThanOrEqualTo(before);
    append(12_346, 9_000);
    check("with more after it");
    bringUpToDate();
    check("with all of it");
  }

  @Test
  void an_index_that_was_begun_is_gone_on_with() throws IOException {
    indexes.delete(LongRun.RUN);
    int[] left = {2};
    indexes.bringUpToDate(journal, LongRun.RUN, LIMITS, () -> left[0]-- > 0);
    check("begun");
    long begun = Files.size(file);
    bringUpToDate();
    assertThat(Files.size(file)).isGreaterThan(begun);
    check("whole");
  }

  @Test
  void looking_closer_reads_little_of_the_journal() {
    long before = journal.handedOut();
    Optional<List<ThinnedSeries>> answer =
        indexes.thinned(
            journal, LongRun.RUN, List.of(LongRun.LOSS), new StepRange(9_100, 9_900), STEPS, 2_000);
    assertThat(answer.orElseThrow().get(0).points()).hasSize(801);
    // The frame, those around it where places are far between, and the event that proves it.
    assertThat(journal.handedOut() - before).isLessThanOrEqualTo(10);
  }

  @Test
  void it_goes_with_its_run() throws IOException {
    Path foreign = Files.writeString(file.resolveSibling("who-knows.tmp"), "");
    indexes.keepOnly(LongRun.RUN::equals);
    assertThat(file).exists();
    assertThat(foreign).doesNotExist();
    indexes.keepOnly(run -> false);
    assertThat(file).doesNotExist();
    indexes.delete(LongRun.RUN);
    check("without");
  }

  private void bringUpToDate() throws IOException {
    indexes.bringUpToDate(journal, LongRun.RUN, LIMITS, () -> true);
  }

  private void append(int steps) {
    long last =
        Contract.all(journal, LongRun.RUN, LongRun.LOSS, StepRange.ALL).stream()
            .mapToLong(Point::step)
            .max()
            .orElseThrow();
    append(last + 1, steps);
  }

  private void append(long from, int steps) {
    for (long begin = from; begin < from + steps; begin += 500) {
      long[] part = new long[500];
      float[] values = new float[500];
      for (int i = 0; i < 500; i++) {
        part[i] = begin + i;
        values[i] = part[i] % 977;
      }
      journal.append(
          LongRun.RUN,
          RunScript.recorded(
              3, begin, begin + 499, new F32Column(LongRun.LOSS, Steps.of(part), values)));
    }
  }

  private Optional<List<ThinnedSeries>> ask() {
    return indexes.thinned(journal, LongRun.RUN, List.of(LongRun.LOSS), StepRange.ALL, STEPS, 200);
  }

  /** An answer, where there is one, keeps what it promises. */
  private void check(String when) {
    for (StepRange range : List.of(StepRange.ALL, PART)) {
      Optional<List<ThinnedSeries>> answer =
          indexes.thinned(journal, LongRun.RUN, List.of(LongRun.LOSS), range, STEPS, 200);
      if (answer.isPresent()) {
        try {
          Contract.check(
              answer.get().get(0), Contract.all(journal, LongRun.RUN, LongRun.LOSS, range), 200);
        } catch (AssertionError e) {
          throw new AssertionError(when, e);
        }
      }
    }
  }
}
