package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.provenance.Fingerprint;
import io.saltus.experiment.spec.CheckpointCadence;
import io.saltus.persistence.projection.RunState;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When states are saved, on a clock that the test turns. */
class CheckpointScheduleTest {

  private final AtomicLong clock = new AtomicLong(5_000_000_000L);

  @Test
  void the_time_between_checkpoints_is_that_of_young_and_daly() {
    CheckpointSchedule schedule = automatic(RunState.empty());
    clock.addAndGet(nanos(61));
    schedule.ends(nanos(0.5), nanos(1.5));
    // √(2 · 2 s · 3600 s)
    assertThat(schedule.automaticSeconds()).isEqualTo(120, within(1e-9));
  }

  @Test
  void checkpoints_take_a_25th_of_the_time_at_most_and_ten_minutes_lie_between_them_at_most() {
    CheckpointSchedule schedule = automatic(RunState.empty());
    clock.addAndGet(nanos(61));
    schedule.ends(0, nanos(20));
    // √(2 · 20 s · 3600 s) = 379 s is less than 25 · 20 s.
    assertThat(schedule.automaticSeconds()).isEqualTo(500, within(1e-9));
    schedule.ends(0, nanos(60));
    assertThat(schedule.automaticSeconds()).isEqualTo(600, within(1e-9));
  }

  @Test
  void in_the_first_minute_two_seconds_lie_between_checkpoints_at_most() {
    CheckpointSchedule schedule = automatic(RunState.empty());
    schedule.begins();
    schedule.ends(0, nanos(2));
    assertThat(schedule.automaticSeconds()).isEqualTo(2, within(1e-9));
    clock.addAndGet(nanos(1.9));
    assertThat(schedule.due(7)).isFalse();
    clock.addAndGet(nanos(0.1));
    assertThat(schedule.due(7)).isTrue();
    schedule.begins();
    assertThat(schedule.due(7)).isFalse();
    clock.addAndGet(nanos(57.9));
    assertThat(schedule.automaticSeconds()).isEqualTo(2, within(1e-9));
    clock.addAndGet(nanos(0.1));
    assertThat(schedule.automaticSeconds()).isEqualTo(120, within(1e-9));
  }

  @Test
  void a_wish_is_granted_once_and_not_where_a_state_was_saved_just_before() {
    CheckpointSchedule schedule =
        CheckpointSchedule.of(
            new CheckpointCadence.EverySteps(1_000), RunState.empty(), clock::get);
    schedule.begins();
    schedule.ends(0, nanos(1));
    clock.addAndGet(nanos(24.9));
    schedule.wish();
    assertThat(schedule.wished()).isFalse();
    clock.addAndGet(nanos(0.1));
    schedule.wish();
    assertThat(schedule.wished()).isTrue();
    assertThat(schedule.due(7)).isFalse();
    schedule.begins();
    assertThat(schedule.wished()).isFalse();
  }

  @Test
  void wishes_lie_ten_seconds_apart_at_least() {
    CheckpointSchedule schedule = automatic(RunState.empty());
    schedule.wish();
    assertThat(schedule.wished()).isTrue();
    schedule.begins();
    clock.addAndGet(nanos(9.9));
    schedule.wish();
    assertThat(schedule.wished()).isFalse();
    clock.addAndGet(nanos(0.1));
    schedule.wish();
    assertThat(schedule.wished()).isTrue();
  }

  @Test
  void failures_in_the_journal_bring_checkpoints_closer_together() {
    RunState twice = after(AttemptEnd.INTERRUPTED, AttemptEnd.KILLED, AttemptEnd.EXCEPTION);
    assertThat(CheckpointSchedule.meanSecondsBetweenFailures(twice)).isEqualTo(900);
    CheckpointSchedule schedule = automatic(twice);
    clock.addAndGet(nanos(61));
    schedule.ends(0, nanos(2));
    assertThat(schedule.automaticSeconds()).isEqualTo(60, within(1e-9));
  }

  @Test
  void what_people_meant_is_no_failure() {
    assertThat(
            CheckpointSchedule.meanSecondsBetweenFailures(
                after(
                    AttemptEnd.PAUSED,
                    AttemptEnd.COMPLETED,
                    AttemptEnd.CANCELLED,
                    AttemptEnd.PREEMPTED)))
        .isEqualTo(3600);
  }

  @Test
  void a_cadence_in_steps_is_due_at_multiples_and_chunks_end_there() {
    CheckpointSchedule schedule =
        CheckpointSchedule.of(new CheckpointCadence.EverySteps(50), RunState.empty(), clock::get);
    assertThat(schedule.due(0)).isTrue();
    assertThat(schedule.due(49)).isFalse();
    assertThat(schedule.due(50)).isTrue();
    assertThat(schedule.due(75)).isFalse();
    assertThat(schedule.boundary(0)).isZero();
    assertThat(schedule.boundary(1)).isEqualTo(50);
    assertThat(schedule.boundary(50)).isEqualTo(50);
    assertThat(schedule.boundary(51)).isEqualTo(100);
    assertThat(schedule.exact()).isTrue();
  }

  @Test
  void a_cadence_in_time_is_due_when_its_time_is_over() {
    CheckpointSchedule schedule =
        CheckpointSchedule.of(
            new CheckpointCadence.EveryTime(Duration.ofSeconds(30)), RunState.empty(), clock::get);
    clock.addAndGet(nanos(29));
    assertThat(schedule.due(12)).isFalse();
    clock.addAndGet(nanos(1));
    assertThat(schedule.due(12)).isTrue();
    assertThat(schedule.exact()).isFalse();
  }

  @Test
  void step_0_is_always_due_and_ends_its_chunk() {
    for (CheckpointCadence cadence :
        List.of(
            new CheckpointCadence.Auto(),
            new CheckpointCadence.EverySteps(7),
            new CheckpointCadence.EveryTime(Duration.ofMinutes(5)))) {
      CheckpointSchedule schedule = CheckpointSchedule.of(cadence, RunState.empty(), clock::get);
      assertThat(schedule.due(0)).isTrue();
      assertThat(schedule.boundary(0)).as(cadence.text()).isZero();
    }
  }

  private CheckpointSchedule automatic(RunState state) {
    return CheckpointSchedule.of(new CheckpointCadence.Auto(), state, clock::get);
  }

  private static RunState after(AttemptEnd... ends) {
    RunState state = RunState.empty();
    int attempt = 0;
    for (AttemptEnd end : ends) {
      attempt++;
      state =
          state
              .apply(
                  new RunEvent.AttemptStarted(
                      attempt,
                      List.of(new DeviceId("cpu", 0)),
                      -1,
                      new Fingerprint(new TreeMap<>(), new TreeMap<>()),
                      new Catalogue(List.of())))
              .apply(new RunEvent.AttemptEnded(attempt, end, ""));
    }
    return state;
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }
}
