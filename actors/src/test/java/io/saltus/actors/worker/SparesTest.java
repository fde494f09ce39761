package io.saltus.actors.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.spec.Numerics;
import io.saltus.testkit.ScriptedProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SparesTest {

  private static final Numerics ONE_THREAD = new Numerics(1, Numerics.Isa.NATIVE);
  private static final Spares.Kind HERE = new Spares.Kind("cpu:0", ONE_THREAD);
  private static final Spares.Kind THERE = new Spares.Kind("cpu:1", ONE_THREAD);
  private static final Spares.Kind OTHER =
      new Spares.Kind("cpu:0", new Numerics(1, Numerics.Isa.AVX2));

  private final List<String> started = new ArrayList<>();
  private final List<SessionRequest> asked = new ArrayList<>();
  private final List<String> ended = new ArrayList<>();
  private final Set<String> dead = new HashSet<>();
  private boolean refusing;
  private long now;

  private final Spares<String> spares =
      new Spares<>(
          new Spares.Care<>() {
            @Override
            public String start(Spares.Kind kind, SessionRequest expected) {
              if (refusing) {
                throw new SessionException("no room");
              }
              asked.add(expected);
              started.add(kind.slot() + "#" + started.size());
              return started.get(started.size() - 1);
            }

            @Override
            public boolean alive(String worker) {
              return !dead.contains(worker);
            }

            @Override
            public void end(String worker) {
              ended.add(worker);
            }
          },
          () -> now);

  private void want(Spares.Kind... kinds) {
    spares.want(
        this, Stream.of(kinds).collect(Collectors.toMap(Function.identity(), SparesTest::request)));
  }

  private static SessionRequest request(Spares.Kind kind) {
    return new SessionRequest(
        ScriptedProgram.spec(100), List.of(DeviceId.parse(kind.slot())), new TreeMap<>());
  }

  @Test
  void nothing_is_started_before_something_is_wanted() {
    spares.tend(true);
    assertThat(started).isEmpty();
    assertThat(spares.busy()).isFalse();
  }

  @Test
  void one_of_each_kind_is_started_and_no_second() {
    want(HERE, THERE);
    spares.tend(true);
    spares.tend(true);
    assertThat(started).hasSize(2);
    assertThat(spares.busy()).isTrue();
  }

  @Test
  void one_is_started_for_what_it_will_probably_be_used_for() {
    want(THERE);
    spares.tend(true);
    assertThat(asked).containsExactly(request(THERE));
  }

  @Test
  void what_one_wants_takes_nothing_from_what_another_wants() {
    spares.want("another", Map.of(THERE, request(THERE)));
    want(HERE);
    want();
    spares.tend(true);
    assertThat(started).containsExactly("cpu:1#0");
  }

  @Test
  void none_is_started_at_a_bad_moment() {
    want(HERE);
    spares.tend(false);
    assertThat(started).isEmpty();
  }

  @Test
  void one_that_was_taken_is_followed_by_the_next_while_it_is_wanted() {
    want(HERE);
    spares.tend(true);
    assertThat(spares.take(HERE)).contains("cpu:0#0");
    assertThat(spares.take(HERE)).isEmpty();
    spares.tend(true);
    assertThat(spares.take(HERE)).contains("cpu:0#1");
    assertThat(ended).isEmpty();
  }

  @Test
  void one_of_other_numerics_is_not_handed_over() {
    want(HERE);
    spares.tend(true);
    assertThat(spares.take(OTHER)).isEmpty();
    assertThat(spares.take(HERE)).isPresent();
  }

  @Test
  void one_that_is_not_wanted_any_more_is_kept_a_while_then_ended() {
    want(HERE);
    spares.tend(true);
    want();
    spares.tend(true);
    after(Spares.LINGER);
    spares.tend(true);
    assertThat(ended).isEmpty();
    after(Duration.ofMillis(1));
    spares.tend(true);
    assertThat(ended).containsExactly("cpu:0#0");
    assertThat(spares.busy()).isFalse();
  }

  @Test
  void one_that_is_wanted_again_in_time_stays() {
    want(HERE);
    spares.tend(true);
    want();
    spares.tend(true);
    want(HERE);
    spares.tend(true);
    after(Spares.LINGER.multipliedBy(3));
    spares.tend(true);
    assertThat(ended).isEmpty();
    assertThat(started).hasSize(1);
  }

  @Test
  void those_that_die_are_replaced_later_and_later_but_once_a_minute() {
    want(HERE);
    List<Long> waits = new ArrayList<>();
    for (int death = 0; death < 8; death++) {
      spares.tend(true);
      assertThat(started).hasSize(death + 1);
      dead.add(started.get(death));
      spares.tend(true);
      assertThat(started).as("at once").hasSize(death + 1);
      waits.add(secondsUntilNext());
    }
    assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
    assertThat(ended).as("their files are removed").containsAll(dead);
  }

  @Test
  void one_that_was_taken_alive_ends_the_waiting() {
    want(HERE);
    spares.tend(true);
    dead.add(started.get(0));
    spares.tend(true);
    secondsUntilNext();
    assertThat(spares.take(HERE)).isPresent();
    spares.tend(true);
    assertThat(started).hasSize(3);
    dead.add(started.get(2));
    spares.tend(true);
    assertThat(secondsUntilNext()).isEqualTo(1);
  }

  @Test
  void a_dead_one_is_not_handed_over() {
    want(HERE);
    spares.tend(true);
    dead.add("cpu:0#0");
    assertThat(spares.take(HERE)).isEmpty();
    assertThat(ended).containsExactly("cpu:0#0");
    spares.tend(true);
    assertThat(started).hasSize(1);
  }

  @Test
  void one_that_cannot_be_started_is_tried_again_later() {
    want(HERE);
    refusing = true;
    spares.tend(true);
    refusing = false;
    assertThat(secondsUntilNext()).isEqualTo(1);
    assertThat(spares.take(HERE)).isPresent();
  }

  @Test
  void closing_ends_all_and_none_is_started_afterwards() {
    want(HERE, THERE);
    spares.tend(true);
    spares.close();
    assertThat(ended).containsExactlyInAnyOrderElementsOf(started);
    spares.tend(true);
    assertThat(started).hasSize(2);
    assertThat(spares.busy()).isFalse();
  }

  /** Whole seconds until one more is started. */
  private long secondsUntilNext() {
    int before = started.size();
    long begun = now;
    while (started.size() == before) {
      after(Duration.ofSeconds(1));
      spares.tend(true);
    }
    return Duration.ofNanos(now - begun).toSeconds();
  }

  private void after(Duration time) {
    now += time.toNanos();
  }
}
