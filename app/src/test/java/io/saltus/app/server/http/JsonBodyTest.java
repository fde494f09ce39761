package io.saltus.app.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {

  private static Map<String, Object> read(String text) {
    return JsonBody.read(new Request.Bytes(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void an_object_is_read_with_its_kinds() {
    assertThat(read("{\"a\":1,\"b\":[true,\"x\"],\"c\":{\"d\":0.5}}"))
        .containsEntry("a", new BigDecimal("1"))
        .containsEntry("b", List.of(true, "x"))
        .containsEntry("c", Map.of("d", new BigDecimal("0.5")));
  }

  @Test
  void no_body_is_an_empty_object() {
    assertThat(read("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "1",
        "{",
        "{\"a\":",
        "{\"a\":1}x",
        "{\"a\":1,\"a\":2}",
        "{'a':1}",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "null",
        "{\"a\":\"\\ud800",
        "{\"a\":\"x\\ud800y\"}",
        "{\"\\ud800\":1}"
      })
  void what_is_none_is_refused(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            HttpProblem.class, problem -> assertThat(problem.status()).isEqualTo(400));
  }

  @Test
  void depth_and_count_and_length_are_bounded() {
    String deep = "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}";
    String many = "{\"a\":[" + "1,".repeat(20_000) + "1]}";
    String longNumber = "{\"a\":" + "9".repeat(2_000) + "}";
    for (String text : List.of(deep, many, longNumber)) {
      assertThatThrownBy(() -> read(text)).isInstanceOf(HttpProblem.class);
    }
  }

  @Test
  void series_may_have_more_values_and_words_without_quotes() {
    byte[] bytes =
        ("{\"a\":[NaN,-Infinity,Infinity,\"NaN\"],\"b\":[" + "1,".repeat(20_000) + "1]}")
            .getBytes(StandardCharsets.UTF_8);
    Map<String, Object> read = JsonBody.read(new Request.Bytes(bytes), JsonBody.Form.SERIES);
    assertThat(read).containsEntry("a", List.of("NaN", "-Infinity", "Infinity", "NaN"));
    byte[] more = ("{\"a\":[" + "1,".repeat(100_000) + "1]}").getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> JsonBody.read(new Request.Bytes(more), JsonBody.Form.SERIES))
        .isInstanceOf(HttpProblem.class);
  }

  @Test
  void bytes_that_are_no_text_are_refused() {
    byte[] bytes = {'{', '"', (byte) 0xff, '"', ':', '1', '}'};
    assertThatThrownBy(() -> JsonBody.read(new Request.Bytes(bytes)))
        .isInstanceOf(HttpProblem.class);
  }

  @Test
  void values_are_written_again_with_every_text_in_quotes() {
    assertThat(JsonBody.text(read("{\"v\":{\"include\":\"${x}\",\"b\":[1,null]}}").get("v")))
        .isEqualTo("{\"include\":\"${x}\",\"b\":[1,null]}");
    assertThat(JsonBody.text("a\"b")).isEqualTo("\"a\\\"b\"");
    assertThat(JsonBody.text(new BigDecimal("0.10"))).isEqualTo("0.10");
    assertThat(JsonBody.text(null)).isEqualTo("null");
  }
}
