package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.actors.worker.WorkerLimits;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HangWatchTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final WorkerLimits LIMITS =
      new WorkerLimits(Duration.ofMinutes(10), Duration.ofSeconds(30), 20, SECOND, SECOND);

  private final AtomicLong now = new AtomicLong();
  private final HangWatch watch = new HangWatch(LIMITS, now::get);

  @Test
  void nothing_that_is_not_begun_is_overdue() {
    assertThat(looks(Duration.ofHours(1))).isZero();
    watch.during(() -> {});
    assertThat(looks(Duration.ofHours(1))).isZero();
  }

  @Test
  void opening_and_the_first_chunk_may_take_ten_minutes_and_the_grace() {
    watch.during(() -> assertThat(looks(Duration.ofHours(1))).isEqualTo(601));
    watch.duringChunk(() -> assertThat(looks(Duration.ofHours(1))).isEqualTo(601));
  }

  @Test
  void a_later_chunk_may_take_thirty_seconds_or_twenty_medians() {
    watch.duringChunk(() -> now.addAndGet(SECOND.toNanos() / 10));
    watch.duringChunk(() -> assertThat(looks(Duration.ofHours(1))).isEqualTo(31));
    // That one has counted, with an hour: the upper of the two is the median.
    assertThat(watch.chunkLimit()).isGreaterThan(Duration.ofMinutes(10));
  }

  @Test
  void time_in_which_nobody_looked_counts_as_two_ticks() {
    watch.duringChunk(() -> now.addAndGet(SECOND.toNanos() / 10));
    watch.duringChunk(
        () -> {
          now.addAndGet(Duration.ofHours(8).toNanos());
          assertThat(watch.overdue()).isFalse();
          assertThat(looks(Duration.ofHours(1))).isEqualTo(29);
        });
  }

  /** After how many looks, a tick apart, it is overdue; 0 when it is not in so long a time. */
  private int looks(Duration atMost) {
    for (int look = 1; look <= atMost.toSeconds(); look++) {
      now.addAndGet(SECOND.toNanos());
      if (watch.overdue()) {
        now.addAndGet(atMost.minusSeconds(look).toNanos());
        return look;
      }
    }
    return 0;
  }
}
