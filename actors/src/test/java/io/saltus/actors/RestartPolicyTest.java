package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.actors.RestartPolicy.Again;
import io.saltus.actors.RestartPolicy.Never;
import io.saltus.actors.RestartPolicy.Verdict;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.provenance.Fingerprint;
import io.saltus.persistence.projection.RunState;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RestartPolicyTest {

  private static final Duration WINDOW = Duration.ofHours(1);
  private static final Instant BEGIN = Instant.parse("2026-11-23T12:00:00Z");
  private static final RestartPolicy POLICY =
      new RestartPolicy(3, WINDOW, Duration.ofSeconds(1), Duration.ofSeconds(10), true);
  private static final RestartPolicy OUTSIDE_ONLY =
      new RestartPolicy(3, WINDOW, Duration.ofSeconds(1), Duration.ofSeconds(10), false);

  private RunState state = submitted();
  private int attempts;
  private Instant now = BEGIN;
  private final SortedMap<Integer, Instant> ends = new TreeMap<>();

  private AttemptTimes times() {
    return new AttemptTimes(ends, now);
  }

  private static RunState submitted() {
    return RunState.empty()
        .apply(
            new Admission(List.of(new ScriptedProgram(Script.learning())))
                .record(Stage.submission("a", ScriptedProgram.spec(1_000))));
  }

  /** An attempt that records steps up to one, and is open still. */
  private void attempt(long until) {
    long from = state.step();
    state =
        state.apply(
            new RunEvent.AttemptStarted(
                ++attempts,
                List.of(new DeviceId("cpu", 0)),
                from,
                new Fingerprint(new TreeMap<>(), new TreeMap<>()),
                new Catalogue(List.of())));
    if (until > from) {
      state =
          state.apply(
              new RunEvent.MetricsRecorded(attempts, new MetricFrame(from + 1, until, List.of())));
    }
  }

  private Verdict ends(AttemptEnd cause) {
    Verdict verdict = POLICY.onEnd(state, cause, times());
    state = state.apply(new RunEvent.AttemptEnded(attempts, cause, ""));
    ends.put(attempts, now);
    return verdict;
  }

  @ParameterizedTest
  @EnumSource(
      value = AttemptEnd.class,
      names = {"KILLED", "OUT_OF_MEMORY", "HUNG", "DEVICE_LOST"})
  void what_comes_from_outside_is_tried_again_and_proves_nothing(AttemptEnd cause) {
    attempt(100);
    assertThat(ends(cause)).isInstanceOf(Again.class);
    attempt(100);
    assertThat(ends(cause)).isInstanceOf(Again.class);
    assertThat(OUTSIDE_ONLY.onEnd(state, cause, times())).isInstanceOf(Again.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = AttemptEnd.class,
      names = {
        "COMPLETED",
        "PAUSED",
        "CANCELLED",
        "DIVERGED",
        "JOURNAL_FAILED",
        "INTERRUPTED",
        "PREEMPTED"
      })
  void what_is_no_mishap_is_not_tried_again(AttemptEnd cause) {
    attempt(100);
    assertThat(ends(cause)).isEqualTo(new Never(""));
  }

  @Test
  void an_attempt_that_gave_way_uses_up_nothing_of_the_budget() {
    attempt(100);
    for (int lost = 0; lost < 3; lost++) {
      attempt(100);
      ends(AttemptEnd.PREEMPTED);
      attempt(100);
      assertThat(ends(AttemptEnd.KILLED)).isInstanceOf(Again.class);
    }
    attempt(100);
    ends(AttemptEnd.PREEMPTED);
    attempt(100);
    assertThat(ends(AttemptEnd.KILLED))
        .isEqualTo(new Never("4 attempts in a row came to no new step"));
  }

  @ParameterizedTest
  @EnumSource(
      value = AttemptEnd.class,
      names = {"EXCEPTION", "NATIVE_ABORT", "NON_FINITE"})
  void a_failure_of_the_computation_at_the_same_step_twice_is_proof(AttemptEnd cause) {
    attempt(100);
    assertThat(ends(cause)).isInstanceOf(Again.class);
    attempt(100);
    assertThat(ends(cause))
        .isInstanceOfSatisfying(
            Never.class, never -> assertThat(never.why()).contains("twice at the same step"));
    assertThat(OUTSIDE_ONLY.onEnd(state, cause, times())).isEqualTo(new Never(""));
  }

  @Test
  void a_kill_between_two_failures_does_not_hide_the_proof() {
    attempt(100);
    ends(AttemptEnd.EXCEPTION);
    attempt(100);
    assertThat(ends(AttemptEnd.KILLED)).isInstanceOf(Again.class);
    attempt(100);
    assertThat(ends(AttemptEnd.EXCEPTION)).isInstanceOf(Never.class);
  }

  @Test
  void a_failure_of_the_computation_elsewhere_is_another_one() {
    attempt(100);
    ends(AttemptEnd.EXCEPTION);
    attempt(130);
    assertThat(ends(AttemptEnd.EXCEPTION)).isInstanceOf(Again.class);
    attempt(130);
    assertThat(ends(AttemptEnd.NATIVE_ABORT)).isInstanceOf(Again.class);
  }

  @Test
  void the_budget_is_used_up_by_attempts_without_a_new_step_and_reset_by_one() {
    attempt(100);
    assertThat(ends(AttemptEnd.KILLED)).isInstanceOf(Again.class);
    for (int i = 0; i < 3; i++) {
      attempt(100);
      assertThat(ends(AttemptEnd.KILLED)).isInstanceOf(Again.class);
    }
    attempt(101);
    assertThat(ends(AttemptEnd.KILLED)).isInstanceOf(Again.class);
    for (int i = 0; i < 3; i++) {
      attempt(101);
      assertThat(ends(AttemptEnd.KILLED)).isInstanceOf(Again.class);
    }
    attempt(101);
    assertThat(ends(AttemptEnd.KILLED))
        .isEqualTo(new Never("4 attempts in a row came to no new step"));
  }

  @Test
  void attempts_without_a_new_step_that_ended_long_ago_do_not_count() {
    attempt(100);
    ends(AttemptEnd.KILLED);
    // Every 25 minutes: three at most in any hour.
    for (int lost = 0; lost < 20; lost++) {
      now = now.plus(Duration.ofMinutes(25));
      attempt(100);
      assertThat(ends(AttemptEnd.KILLED)).isInstanceOf(Again.class);
    }
    now = now.plus(Duration.ofMinutes(5));
    attempt(100);
    assertThat(ends(AttemptEnd.KILLED))
        .isEqualTo(new Never("4 attempts in a row came to no new step"));
  }

  @Test
  void an_attempt_counts_to_the_end_of_its_window_and_so_does_one_whose_end_is_not_known() {
    attempt(100);
    ends(AttemptEnd.KILLED);
    for (int lost = 0; lost < 3; lost++) {
      attempt(100);
      ends(AttemptEnd.KILLED);
    }
    attempt(100);
    Never exhausted = new Never("4 attempts in a row came to no new step");
    now = BEGIN.plus(WINDOW).minusMillis(1);
    assertThat(POLICY.onEnd(state, AttemptEnd.KILLED, times())).isEqualTo(exhausted);
    assertThat(POLICY.onEnd(state, AttemptEnd.KILLED, new AttemptTimes(new TreeMap<>(), now)))
        .isEqualTo(exhausted);
    now = BEGIN.plus(WINDOW);
    assertThat(POLICY.onEnd(state, AttemptEnd.KILLED, times())).isInstanceOf(Again.class);
  }

  @Test
  void waits_double_up_to_the_longest_and_are_a_fifth_off_at_most() {
    RestartPolicy patient =
        new RestartPolicy(20, WINDOW, Duration.ofSeconds(1), Duration.ofSeconds(10), false);
    attempt(100);
    double[] waits = {1, 1, 2, 4, 8, 10, 10};
    for (double wait : waits) {
      Again again = (Again) patient.onEnd(state, AttemptEnd.KILLED, times());
      assertThat(again.after().toMillis() / 1000.0).isBetween(0.8 * wait, 1.2 * wait);
      state = state.apply(new RunEvent.AttemptEnded(attempts, AttemptEnd.KILLED, ""));
      attempt(100);
    }
  }

  @Test
  void a_session_that_is_lost_while_it_opens_is_tried_again_and_one_that_refuses_is_not() {
    assertThat(POLICY.onOpening(state, AttemptEnd.KILLED, 1)).isInstanceOf(Again.class);
    assertThat(POLICY.onOpening(state, AttemptEnd.KILLED, 4))
        .isEqualTo(new Never("4 attempts in a row came to no new step"));
    assertThat(POLICY.onOpening(state, AttemptEnd.EXCEPTION, 1)).isEqualTo(new Never(""));
  }

  @Test
  void settings_that_make_no_sense_are_refused() {
    assertThatThrownBy(() -> new RestartPolicy(0, WINDOW, Duration.ZERO, Duration.ZERO, true))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new RestartPolicy(1, WINDOW, Duration.ofSeconds(2), Duration.ofSeconds(1), true))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new RestartPolicy(1, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1), true))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
