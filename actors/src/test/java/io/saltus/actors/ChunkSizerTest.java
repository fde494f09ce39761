package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChunkSizerTest {

  private static final long MILLI = 1_000_000;

  private final ChunkSizer sizer = new ChunkSizer(Duration.ofMillis(100), 4096);

  @Test
  void the_first_chunk_is_one_step() {
    assertThat(sizer.size()).isEqualTo(1);
  }

  @Test
  void chunks_come_to_take_the_time_they_should() {
    for (int i = 0; i < 10; i++) {
      sizer.took(sizer.size(), sizer.size() * 3 * MILLI);
    }
    assertThat(sizer.size()).isEqualTo(33);
  }

  @Test
  void a_size_grows_fourfold_at_most() {
    sizer.took(1, 1);
    assertThat(sizer.size()).isEqualTo(4);
    sizer.took(4, 1);
    assertThat(sizer.size()).isEqualTo(16);
  }

  @Test
  void a_size_has_a_bound() {
    for (int i = 0; i < 20; i++) {
      sizer.took(sizer.size(), 1);
    }
    assertThat(sizer.size()).isEqualTo(4096);
  }

  @Test
  void a_slow_step_makes_the_next_chunk_one_step() {
    sizer.took(1, 1);
    sizer.took(4, 4_000 * MILLI);
    assertThat(sizer.size()).isEqualTo(1);
  }

  @Test
  void a_clock_that_stands_still_or_runs_back_is_survived() {
    sizer.took(1, 0);
    sizer.took(4, -5);
    assertThat(sizer.size()).isEqualTo(16);
  }
}
