package io.saltus.persistence.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.experiment.Sha256;
import io.saltus.persistence.projection.CheckpointState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetentionTest {

  @Test
  void the_first_and_the_last_ones_are_kept() {
    assertThat(dropped(new Retention(2, Optional.empty(), 0), 40, 0, 10, 20, 30, 40))
        .containsExactly(10L, 20L);
  }

  @Test
  void the_first_of_a_fork_is_that_of_its_step() {
    List<CheckpointState> checkpoints = checkpoints(100, 110, 120);
    Retention retention = new Retention(1, Optional.empty(), 0);
    assertThat(steps(retention.drops(checkpoints, Optional.empty(), 100, 120)))
        .containsExactly(110L);
    assertThat(steps(retention.drops(checkpoints, Optional.empty(), 0, 120)))
        .containsExactly(100L, 110L);
  }

  @Test
  void multiples_are_kept() {
    assertThat(dropped(new Retention(1, Optional.of(20L), 0), 50, 0, 10, 20, 30, 40, 50))
        .containsExactly(10L, 30L);
  }

  @Test
  void where_no_multiple_was_saved_the_first_after_it_is_kept() {
    Retention retention = new Retention(1, Optional.of(100L), 0);
    assertThat(dropped(retention, 470, 0, 35, 99, 101, 130, 199, 310, 390, 470))
        .containsExactly(35L, 99L, 130L, 199L, 390L);
    assertThat(dropped(retention, 470, 0, 101, 310, 470)).isEmpty();
  }

  @Test
  void a_bad_first_after_a_multiple_leaves_its_place_to_the_next() {
    List<CheckpointState> checkpoints = new ArrayList<>(checkpoints(0, 120, 140, 200));
    checkpoints.add(checkpoint(101, false));
    assertThat(
            steps(
                new Retention(1, Optional.of(100L), 0)
                    .drops(checkpoints, Optional.empty(), 0, 200)))
        .containsExactly(140L, 101L);
  }

  @Test
  void the_best_is_kept() {
    List<CheckpointState> checkpoints = checkpoints(0, 10, 20, 30);
    assertThat(
            steps(
                new Retention(1, Optional.empty(), 0).drops(checkpoints, Optional.of(10L), 0, 30)))
        .containsExactly(20L);
  }

  @Test
  void one_far_enough_before_the_newest_and_one_before_the_end_are_kept() {
    Retention retention = new Retention(1, Optional.empty(), 20);
    assertThat(dropped(retention, 100, 0, 70, 80, 90, 100)).containsExactly(70L);
    assertThat(dropped(retention, 105, 0, 70, 80, 81, 85, 90, 100)).containsExactly(70L, 90L);
    assertThat(dropped(retention, 110, 0, 70, 80, 90, 100)).containsExactly(70L);
    assertThat(dropped(retention, 500, 0, 70, 80, 90, 100)).containsExactly(70L);
    assertThat(dropped(retention, 19, 0, 5, 19))
        .as("only the first is far enough")
        .containsExactly(5L);
  }

  @Test
  void a_bad_one_takes_no_good_ones_place() {
    List<CheckpointState> checkpoints = new ArrayList<>(checkpoints(0, 10, 20));
    checkpoints.add(checkpoint(30, false));
    assertThat(
            steps(
                new Retention(1, Optional.of(10L), 0).drops(checkpoints, Optional.of(30L), 0, 35)))
        .containsExactly(30L);
    assertThat(
            steps(
                new Retention(1, Optional.empty(), 10).drops(checkpoints, Optional.empty(), 0, 35)))
        .containsExactly(30L);
  }

  @Test
  void numbers_that_are_too_small_are_refused() {
    assertThatThrownBy(() -> new Retention(0, Optional.empty(), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Retention(1, Optional.of(0L), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Retention(1, Optional.empty(), -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 2000)
  void whatever_the_checkpoints_what_must_stay_stays_and_dropping_again_drops_nothing(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int last) {
    Random random = new Random(seed);
    long every = 1L + random.nextInt(40);
    long overlap = random.nextInt(40);
    Retention retention = new Retention(last, Optional.of(every), overlap);
    List<CheckpointState> checkpoints = random(random);
    long current = newest(checkpoints) + random.nextInt(30);
    Optional<Long> best = Optional.of((long) random.nextInt(200));
    List<CheckpointState> drops = retention.drops(checkpoints, best, 0, current);
    List<CheckpointState> kept = new ArrayList<>(checkpoints);
    kept.removeAll(drops);
    assertThat(checkpoints).containsAll(drops);
    assertThat(kept).allMatch(CheckpointState::valid);
    assertThat(kept.size()).isGreaterThanOrEqualTo(Math.min(last, valid(checkpoints).size()));
    assertThat(drops)
        .filteredOn(CheckpointState::valid)
        .noneMatch(each -> each.step() == 0 || best.get() == each.step())
        .noneMatch(each -> isFirstAfterAMultiple(each.step(), every, valid(checkpoints)));
    List<Long> newestFirst =
        valid(checkpoints).stream()
            .map(CheckpointState::step)
            .sorted(Comparator.reverseOrder())
            .toList();
    assertThat(steps(kept)).containsAll(newestFirst.stream().limit(last).toList());
    for (long end : new long[] {newest(valid(checkpoints)), current}) {
      newestFirst.stream()
          .filter(step -> step <= end - overlap)
          .findFirst()
          .ifPresent(step -> assertThat(steps(kept)).contains(step));
    }
    assertThat(retention.drops(kept, best, 0, current)).isEmpty();
  }

  @Property(tries = 300)
  void a_long_run_keeps_few_and_can_always_be_resumed_before_its_newest(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int last) {
    Random random = new Random(seed);
    long overlap = random.nextInt(30);
    Retention retention = new Retention(last, Optional.empty(), overlap);
    List<CheckpointState> kept = new ArrayList<>();
    long step = 0;
    for (int i = 0; i < 100; i++) {
      kept.add(checkpoint(step, true));
      kept.removeAll(retention.drops(kept, Optional.empty(), 0, step));
      long resumable = step - overlap;
      if (resumable >= 0) {
        assertThat(steps(kept))
            .anyMatch(each -> each <= resumable && each >= resumable - overlap - 20);
      }
      assertThat(kept).hasSizeLessThanOrEqualTo(last + 4);
      step += 1 + random.nextInt(10);
    }
  }

  @Property(tries = 300)
  void the_first_saved_after_each_multiple_is_kept_for_good(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int every) {
    Random random = new Random(seed);
    Retention retention = new Retention(1, Optional.of((long) every), random.nextInt(30));
    List<CheckpointState> kept = new ArrayList<>();
    List<CheckpointState> saved = new ArrayList<>();
    long step = 0;
    for (int i = 0; i < 60; i++) {
      saved.add(checkpoint(step, true));
      kept.add(checkpoint(step, true));
      kept.removeAll(retention.drops(kept, Optional.empty(), 0, step));
      step += 1 + random.nextInt(40);
    }
    assertThat(steps(kept))
        .containsAll(
            steps(saved).stream()
                .filter(each -> isFirstAfterAMultiple(each, every, saved))
                .toList());
  }

  private static boolean isFirstAfterAMultiple(
      long step, long every, List<CheckpointState> checkpoints) {
    long multiple = step - step % every;
    return steps(checkpoints).stream().noneMatch(other -> other >= multiple && other < step);
  }

  private static List<CheckpointState> random(Random random) {
    List<CheckpointState> checkpoints = new ArrayList<>();
    random
        .longs(random.nextInt(15), 0, 200)
        .distinct()
        .forEach(step -> checkpoints.add(checkpoint(step, random.nextInt(5) > 0)));
    Collections.shuffle(checkpoints, random);
    return checkpoints;
  }

  private static List<CheckpointState> valid(List<CheckpointState> checkpoints) {
    return checkpoints.stream().filter(CheckpointState::valid).toList();
  }

  private static long newest(List<CheckpointState> checkpoints) {
    return checkpoints.stream().mapToLong(CheckpointState::step).max().orElse(0);
  }

  private static List<Long> dropped(Retention retention, long current, long... steps) {
    return steps(retention.drops(checkpoints(steps), Optional.empty(), 0, current));
  }

  private static List<Long> steps(List<CheckpointState> checkpoints) {
    return checkpoints.stream().map(CheckpointState::step).toList();
  }

  private static List<CheckpointState> checkpoints(long... steps) {
    return LongStream.of(steps).mapToObj(step -> checkpoint(step, true)).toList();
  }

  private static CheckpointState checkpoint(long step, boolean valid) {
    byte[] state = ByteBuffer.allocate(8).putLong(step).array();
    return new CheckpointState(1, step, 8, Sha256.of(state), valid);
  }
}
