package io.saltus.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {

  @Test
  void what_would_move_the_cursor_or_turn_the_text_around_is_escaped() {
    assertThat(Printable.of("a\u001b[31mb\u0000\n\u202ec\u0085"))
        .isEqualTo("a\\x1b[31mb\\x00\\n\\u202ec\\x85");
    assertThat(Printable.of("grün ≥ 0.5 日本")).isEqualTo("grün ≥ 0.5 日本");
  }

  @Test
  void a_table_aligns_its_columns_and_numbers_to_the_right() {
    assertThat(TextTable.of("run", ">step").row("a", "1,234").row("longer", "5").lines())
        .containsExactly("run      step", "a       1,234", "longer      5");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0000",
    "0.9985, 0.9985",
    "12.3456, 12.35",
    "1.5, 1.500",
    "1e-7, 1.000e-07",
    "123456, 123456",
    "NaN, NaN",
    "-0.25, -0.2500"
  })
  void numbers_have_about_four_digits(double value, String text) {
    assertThat(Figures.real(value)).isEqualTo(text);
  }

  @Test
  void sizes_and_durations_are_short() {
    assertThat(Figures.bytes(412_345)).isEqualTo("412 kB");
    assertThat(Figures.bytes(999)).isEqualTo("999 B");
    assertThat(Figures.duration(Duration.ofSeconds(3_725))).isEqualTo("1 h 2 min");
    assertThat(Figures.whole(1_234_567)).isEqualTo("1,234,567");
  }

  @Test
  void the_progress_line_is_redrawn_at_most_ten_times_a_second() {
    AtomicLong now = new AtomicLong();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ProgressLine line =
        new ProgressLine(new PrintStream(bytes, true, StandardCharsets.UTF_8), now::get, 80, 1_000);
    for (int step = 0; step <= 500; step++) {
      now.set(step * 2_000_000L);
      line.at(step, Map.of("loss", 0.5));
    }
    line.clear();

    String[] drawn = bytes.toString(StandardCharsets.UTF_8).split("\r\u001b\\[K", -1);
    assertThat(drawn).hasSize(13);
    assertThat(drawn[11]).isEqualTo("██████████░░░░░░░░░░ 500/1,000  500/s  1 s left  loss 0.5000");
  }

  @Test
  void the_bar_makes_room_for_a_remark_and_the_line_stays_within_the_terminal() {
    AtomicLong now = new AtomicLong();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ProgressLine line =
        new ProgressLine(new PrintStream(bytes, true, StandardCharsets.UTF_8), now::get, 80, 8_000);
    line.at(0, Map.of());
    now.set(4_000_000_000L);
    line.remark("jump validation.accuracy 0.03→0.99 @1,560");
    line.at(2_000, Map.of("train.loss", 0.5));

    String[] drawn = bytes.toString(StandardCharsets.UTF_8).split("\r\u001b\\[K", -1);
    assertThat(drawn[2])
        .isEqualTo(
            "██░░░░ 2,000/8,000  500/s  12 s left  jump validation.accuracy 0.03→0.99 @1,560")
        .hasSizeLessThan(80);
  }

  @Test
  void figures_are_those_that_a_format_would_give() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 20_000; i++) {
      long whole = random.nextLong() >> random.nextInt(64);
      assertThat(Figures.whole(whole)).isEqualTo(String.format(Locale.ROOT, "%,d", whole));
      int digits = random.nextInt(5);
      double size = Math.pow(10, 4 - digits) * (1 + 8.9 * random.nextDouble()) / 10;
      // Every other one is a tie of its last digit, or as near to one as a double can be.
      double real = i % 2 == 0 ? size : Math.rint(size * 10_000) / 10_000 + 0.00005;
      if (Math.abs(real) >= 1e-3 && Math.abs(real) < 1e6) {
        assertThat(Figures.real(-real))
            .isEqualTo("-" + Figures.real(real))
            .isEqualTo(asFormatted(-real));
      }
    }
    assertThat(Figures.real(0)).isEqualTo("0.0000");
    assertThat(Figures.real(-0.0)).isEqualTo("-0.0000");
    assertThat(Figures.real(999_999.99)).isEqualTo("1000000");
    assertThat(Figures.whole(Long.MIN_VALUE)).isEqualTo("-9,223,372,036,854,775,808");
  }

  private static String asFormatted(double value) {
    double size = Math.abs(value);
    int digits = size >= 1_000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
