package io.saltus.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Lines that are written over and over. */
class LiveBlockTest {

  private static final String UP = "\u001b[A\r\u001b[K";

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final AtomicLong now = new AtomicLong();
  private final LiveBlock block =
      new LiveBlock(new PrintStream(written, true, StandardCharsets.UTF_8), now::get, 10);

  private String shown(String... lines) {
    written.reset();
    block.show(() -> List.of(lines));
    return written.toString(StandardCharsets.UTF_8);
  }

  private void wait(int millis) {
    now.addAndGet(millis * 1_000_000L);
  }

  @Test
  void the_second_drawing_takes_the_place_of_the_first_however_many_lines_it_has() {
    assertThat(shown("one", "two")).isEqualTo("one\ntwo\n");
    wait(100);
    assertThat(shown("three")).isEqualTo(UP + UP + "three\n");
    wait(100);
    assertThat(shown("a", "b", "c")).isEqualTo(UP + "a\nb\nc\n");
  }

  @Test
  void it_is_drawn_ten_times_a_second_at_most_and_its_lines_are_made_only_then() {
    assertThat(shown("one")).isEqualTo("one\n");
    wait(99);
    written.reset();
    block.show(
        () -> {
          throw new AssertionError("made for nothing");
        });
    assertThat(written.size()).isZero();
    wait(1);
    assertThat(shown("two")).isEqualTo(UP + "two\n");
  }

  @Test
  void lines_are_cut_so_that_none_takes_two_rows() {
    assertThat(shown("0123456789", "012345678")).isEqualTo("012345678\n012345678\n");
  }

  @Test
  void taken_away_once_it_is_gone_and_comes_back_below_what_was_said() {
    shown("one", "two");
    written.reset();
    block.clear();
    block.clear();
    assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo(UP + UP);
    wait(100);
    assertThat(shown("three")).isEqualTo("three\n");
  }
}
