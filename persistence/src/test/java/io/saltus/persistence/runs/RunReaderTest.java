package io.saltus.persistence.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.persistence.codec.Samples;
import io.saltus.persistence.projection.CheckpointState;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
import io.saltus.persistence.read.JournalDamagedException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RunReaderTest {

  private static final RunId A = new RunId("grokking-a");
  private static final RunId B = new RunId("grokking-b");
  private static final RunId C = new RunId("a-fork");

  private final ScriptedJournal journal = new ScriptedJournal();
  private final RunReader reader = new RunReader(journal);

  @Test
  void runs_are_listed_in_the_order_of_their_submission() {
    journal.append(B, RunScript.submitted(B)).append(A, RunScript.submitted(A));
    journal.append(C, RunScript.submitted(C), new RunEvent.RunDeleted());
    assertThat(reader.list().runs()).extracting(RunEntry::run).containsExactly(B, A);
  }

  @Test
  void a_run_that_cannot_be_read_does_not_hide_the_others() {
    journal.append(A, RunScript.submitted(A)).append(A, "MetricsRecorded", new byte[] {8});
    journal.append(B, RunScript.submitted(B));
    RunList list = reader.list();
    assertThat(list.runs()).extracting(RunEntry::run).containsExactly(B);
    assertThat(list.unreadable())
        .singleElement()
        .isInstanceOf(JournalDamagedException.class)
        .extracting(Throwable::getMessage)
        .asString()
        .contains("event 2 of run grokking-a: MetricsRecorded is damaged");
  }

  @Test
  void an_event_of_a_newer_version_is_refused_by_name() {
    journal.append(A, RunScript.submitted(A)).append(A, "MetricsRecorded:2", new byte[0]);
    assertThatThrownBy(() -> reader.state(A))
        .isInstanceOf(UnknownEventException.class)
        .hasMessageContaining("event 2 of run grokking-a")
        .hasMessageContaining("MetricsRecorded is in format 2");
    journal.append(B, RunScript.submitted(B)).append(B, "RunDreamt", new byte[0]);
    assertThatThrownBy(() -> reader.state(B)).hasMessageContaining("unknown event RunDreamt");
  }

  @Test
  void a_run_is_found_by_its_id_a_unique_prefix_or_as_the_last() {
    RunId exact = new RunId("grokking");
    journal.append(B, RunScript.submitted(B)).append(A, RunScript.submitted(A));
    journal.append(exact, RunScript.submitted(exact));
    assertThat(reader.resolve("grokking")).isEqualTo(exact);
    assertThat(reader.resolve("grokking-b")).isEqualTo(B);
    assertThat(reader.resolve("@last")).isEqualTo(exact);
    journal.append(exact, new RunEvent.RunDeleted());
    assertThat(reader.resolve("@last")).isEqualTo(A);
    assertThatThrownBy(() -> reader.resolve("grok"))
        .isInstanceOf(RunNotFoundException.class)
        .hasMessage("'grok' begins the names of 2 runs: grokking-a, grokking-b. Give more of it.");
    assertThatThrownBy(() -> reader.resolve("groking-a"))
        .hasMessage("no run 'groking-a'; did you mean grokking-a? `saltus runs` lists all.");
    assertThatThrownBy(() -> reader.resolve("")).isInstanceOf(RunNotFoundException.class);
  }

  @Test
  void a_snapshot_and_the_events_after_it_give_the_state_of_all_events() {
    appendCompletedRun();
    RunState folded = reader.state(A);
    journal.snapshot(A, reader.stateUntilSequence(A, 4));
    assertThat(reader.state(A)).isEqualTo(folded);
    assertThat(folded.status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void a_digest_beside_the_snapshot_is_used() {
    appendCompletedRun();
    journal.snapshot(A, reader.state(A).withSeriesDigest(Samples.sha("kept")));
    assertThat(reader.digest(A)).isEqualTo(Samples.sha("kept"));
    assertThat(reader.computeDigest(A)).isNotEqualTo(Samples.sha("kept"));
  }

  @Test
  void the_state_after_a_step_cuts_frames_and_leaves_out_what_came_later() {
    appendCompletedRun();
    RunState state = reader.stateUntilStep(A, 45);
    assertThat(state.step()).isEqualTo(45);
    assertThat(state.status()).isEqualTo(RunStatus.RUNNING);
    assertThat(state.recorded().metrics().get(RunScript.ACCURACY).last().text()).isEqualTo("0.45");
    assertThat(state.recorded().metrics().get(RunScript.ACCURACY).count()).isEqualTo(46);
    assertThat(state.checkpoints()).extracting(CheckpointState::step).containsExactly(0L, 30L);
    assertThat(reader.stateUntilStep(A, 60)).isEqualTo(reader.state(A));
    assertThat(reader.stateUntilStep(A, Long.MAX_VALUE)).isEqualTo(reader.state(A));
  }

  @Test
  void rewound_history_is_superseded_everywhere() {
    appendRewoundRun();
    RunState state = reader.state(A);
    assertThat(state.recorded().stale()).isFalse();
    assertThat(state.step()).isEqualTo(50);
    assertThat(state.events()).isEqualTo(state.lastSequence());
    // Without the superseded steps 21 to 40, whose accuracies had 100 added.
    assertThat(state.recorded().metrics().get(RunScript.ACCURACY).max().text()).isEqualTo("0.5");
    assertThat(state.recorded().metrics().get(RunScript.ACCURACY).count()).isEqualTo(51);
    assertThat(steps(reader.series(A, RunScript.ACCURACY, StepRange.ALL))).hasSize(51).isSorted();
    assertThat(state.exactness().exact()).contains(false);
  }

  @Test
  void history_is_shown_as_it_was_known_then() {
    appendRewoundRun();
    RunState before = reader.stateUntilSequence(A, 4);
    assertThat(before.step()).isEqualTo(40);
    assertThat(before.recorded().metrics().get(RunScript.ACCURACY).max().asDouble())
        .isGreaterThan(100);
    RunState today = reader.stateUntilStep(A, 40);
    assertThat(today.recorded().metrics().get(RunScript.ACCURACY).max().text()).isEqualTo("0.4");
  }

  @Test
  void the_last_event_until_a_step_is_that_before_the_first_frame_of_today_that_ends_beyond() {
    appendRewoundRun();
    // Frames of today's history are events 3 (0 to 20) and 8 (21 to 50).
    assertThat(reader.lastSequenceUntilStep(A, 0)).isEqualTo(2);
    assertThat(reader.lastSequenceUntilStep(A, 19)).isEqualTo(2);
    assertThat(reader.lastSequenceUntilStep(A, 20)).isEqualTo(7);
    assertThat(reader.lastSequenceUntilStep(A, 40)).as("superseded").isEqualTo(7);
    assertThat(reader.lastSequenceUntilStep(A, 49)).isEqualTo(7);
    assertThat(reader.lastSequenceUntilStep(A, 50)).isEqualTo(8);
    assertThat(reader.lastSequenceUntilStep(A, Long.MAX_VALUE)).isEqualTo(8);
  }

  @Test
  void of_a_frame_that_a_rewind_cut_the_rest_ends_where_it_was_cut() {
    journal.append(
        A,
        RunScript.submitted(A),
        RunScript.started(1, -1),
        RunScript.frame(1, 0, 99),
        new RunEvent.HistoryRewound(1, 40),
        RunScript.frame(1, 41, 70));

    assertThat(reader.lastSequenceUntilStep(A, 39)).isEqualTo(2);
    assertThat(reader.lastSequenceUntilStep(A, 40)).isEqualTo(4);
    assertThat(reader.lastSequenceUntilStep(A, 70)).isEqualTo(5);
  }

  @Test
  void what_follows_the_last_frame_of_a_step_is_until_that_step() {
    appendCompletedRun();
    long all = reader.state(A).lastSequence();
    long before = all;
    for (long step = 60; step >= 0; step--) {
      long last = reader.lastSequenceUntilStep(A, step);
      assertThat(reader.stateUntilSequence(A, last).step()).isLessThanOrEqualTo(step);
      assertThat(last).isLessThanOrEqualTo(before).isPositive();
      before = last;
    }
    assertThat(reader.lastSequenceUntilStep(A, 60)).isEqualTo(all);
  }

  @Test
  void the_digest_of_rewound_history_is_that_of_a_straight_run() {
    appendRewoundRun();
    journal.append(B, RunScript.submitted(B), RunScript.started(1, -1), RunScript.frame(1, 0, 50));
    assertThat(reader.digest(A)).isEqualTo(reader.digest(B));
  }

  @Test
  void an_attempt_shows_what_it_recorded_superseded_or_not() {
    appendRewoundRun();
    assertThat(steps(reader.seriesOfAttempt(A, 1, RunScript.ACCURACY, StepRange.ALL)))
        .hasSize(41)
        .endsWith(40L);
    assertThat(steps(reader.seriesOfAttempt(A, 2, RunScript.ACCURACY, StepRange.ALL)))
        .startsWith(21L)
        .endsWith(50L);
  }

  @Test
  void a_series_is_cut_to_its_range() {
    appendCompletedRun();
    assertThat(steps(reader.series(A, RunScript.ACCURACY, new StepRange(29, 32))))
        .containsExactly(29L, 30L, 31L, 32L);
    assertThat(steps(reader.series(A, RunScript.ACCURACY, new StepRange(100, 200)))).isEmpty();
  }

  @Test
  void a_fork_begins_with_the_frames_of_its_parent() {
    appendCompletedRun();
    journal.append(
        C, RunScript.forked(C, A, 45), RunScript.started(1, 45), RunScript.frame(1, 46, 60));
    assertThat(steps(reader.series(C, RunScript.ACCURACY, StepRange.ALL))).hasSize(61).isSorted();
    assertThat(steps(reader.series(C, RunScript.ACCURACY, new StepRange(44, 47))))
        .containsExactly(44L, 45L, 46L, 47L);
    assertThat(reader.digest(C)).isEqualTo(reader.digest(A));
  }

  @Test
  void steps_near_the_end_of_a_long_run_are_read_without_most_of_what_came_before() {
    journal.append(A, RunScript.submitted(A), RunScript.started(1, -1));
    for (long from = 0; from < 5_000; from += 10) {
      journal.append(A, RunScript.frame(1, from, from + 9), RunScript.checkpoint(1, from + 9));
    }
    long before = journal.handedOut();
    reader.state(A);
    long folding = journal.handedOut() - before;
    for (long from : new long[] {1, 9, 10, 2_500, 4_985, 4_999}) {
      StepRange range = new StepRange(from, from + 10);
      assertThat(steps(reader.series(A, RunScript.ACCURACY, range)))
          .containsExactlyElementsOf(
              LongStream.rangeClosed(from, Math.min(from + 10, 4_999)).boxed().toList());
      assertThat(reader.savedStates(A, range).keySet())
          .containsExactlyElementsOf(
              LongStream.rangeClosed(from, Math.min(from + 10, 4_999))
                  .filter(step -> step % 10 == 9)
                  .boxed()
                  .toList());
    }
    before = journal.handedOut();
    assertThat(steps(reader.series(A, RunScript.ACCURACY, new StepRange(4_990, 4_999))))
        .hasSize(10);
    assertThat(journal.handedOut() - before - folding).isLessThan(40);
  }

  @Test
  void steps_of_a_frame_that_a_rewind_cut_are_not_there_when_they_are_asked_for_alone() {
    journal.append(
        A,
        RunScript.submitted(A),
        RunScript.started(1, -1),
        RunScript.frame(1, 0, 99),
        RunScript.started(2, 40),
        new RunEvent.HistoryRewound(2, 40),
        RunScript.frame(2, 41, 70));

    assertThat(steps(reader.series(A, RunScript.ACCURACY, new StepRange(60, 90))))
        .containsExactlyElementsOf(LongStream.rangeClosed(60, 70).boxed().toList());
    assertThat(steps(reader.series(A, RunScript.ACCURACY, new StepRange(80, 90)))).isEmpty();
  }

  @Test
  void rewound_steps_are_found_although_they_are_in_no_order() {
    journal.append(
        A,
        RunScript.submitted(A),
        RunScript.started(1, -1),
        RunScript.frame(1, 0, 30),
        RunScript.frame(1, 31, 90),
        new RunEvent.HistoryRewound(1, 40),
        RunScript.frame(1, 41, 50),
        RunScript.frame(1, 51, 99));
    assertThat(steps(reader.series(A, RunScript.ACCURACY, new StepRange(35, 60))))
        .containsExactlyElementsOf(LongStream.rangeClosed(35, 60).boxed().toList());
  }

  @Test
  void a_follower_hands_out_each_event_once() {
    journal.append(A, RunScript.submitted(A));
    RunFollower follower = reader.follow(A, 1);
    List<Long> seen = new ArrayList<>();
    follower.poll(event -> seen.add(event.sequence()));
    journal.append(A, RunScript.started(1, -1), RunScript.frame(1, 0, 3));
    follower.poll(event -> seen.add(event.sequence()));
    follower.poll(event -> seen.add(event.sequence()));
    assertThat(seen).containsExactly(1L, 2L, 3L);
  }

  @Test
  void a_deleted_run_is_not_there() {
    journal.append(A, RunScript.submitted(A), new RunEvent.RunDeleted());
    assertThat(reader.exists(A)).isFalse();
    assertThatThrownBy(() -> reader.state(A)).isInstanceOf(RunNotFoundException.class);
    assertThatThrownBy(() -> reader.resolve("grokking-a")).isInstanceOf(RunNotFoundException.class);
  }

  private void appendCompletedRun() {
    journal.append(
        A,
        RunScript.submitted(A),
        RunScript.started(1, -1),
        RunScript.frame(1, 0, 30),
        RunScript.checkpoint(1, 0),
        RunScript.frame(1, 31, 60),
        RunScript.checkpoint(1, 30),
        RunScript.checkpoint(1, 60),
        new RunEvent.AttemptEnded(1, AttemptEnd.COMPLETED, ""),
        new RunEvent.RunCompleted(60, Optional.empty()));
  }

  private void appendRewoundRun() {
    journal.append(
        A,
        RunScript.submitted(A),
        RunScript.started(1, -1),
        RunScript.frame(1, 0, 20),
        RunScript.frame(1, 21, 40, 100),
        RunScript.started(2, 20),
        new RunEvent.Diverged(2, 21, "validation.accuracy", "100.21", "0.21"),
        new RunEvent.HistoryRewound(2, 20),
        RunScript.frame(2, 21, 50));
  }

  private static List<Long> steps(Iterator<ScalarColumn> columns) {
    List<Long> steps = new ArrayList<>();
    while (columns.hasNext()) {
      for (long step : columns.next().steps().toArray()) {
        steps.add(step);
      }
    }
    return steps;
  }
}
