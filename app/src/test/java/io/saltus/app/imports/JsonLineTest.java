package io.saltus.app.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.app.problem.Refusal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One line of an export, which anybody may have written. */
class JsonLineTest {

  private static JsonLine parse(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return JsonLine.parse(bytes, bytes.length, "a.jsonl:7");
  }

  @Test
  void texts_are_kept_and_numbers_stay_as_they_are_written() {
    JsonLine line = parse("{\"a\":\"\\ud83d\\ude00\",\"b\":1e400,\"c\":[true,null],\"d\":{}}");
    assertThat(line.text("a")).isEqualTo("\ud83d\ude00");
    assertThat(line.text("b")).isEqualTo("1e400");
    assertThat(line.object("d").fields()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":\"\\ud83d\"}",
        "{\"a\":\"\\ude00 x\"}",
        "{\"\\ud83d\":1}",
        "{\"a\":[{\"b\":\"\\ude00\\ud83d\"}]}"
      })
  void half_of_a_surrogate_pair_is_refused(String line) {
    assertThatThrownBy(() -> parse(line))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("surrogate")
        .hasMessageContaining("a.jsonl:7");
  }

  @Test
  void more_values_than_a_frame_can_have_are_refused_before_they_fill_the_memory() {
    String many = "{\"a\":[" + "0,".repeat(1 << 20) + "0]}";
    assertThat(parse(many).list("a")).hasSize((1 << 20) + 1);
    assertThatThrownBy(() -> parse("{\"a\":[" + "[],".repeat(1 << 21) + "0]}"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("more than 2097152 values");
  }
}
