package io.saltus.app.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PercentTest {

  @Property(tries = 200)
  void what_a_form_encodes_is_read_back(
      @ForAll @StringLength(max = 40) @CharRange(from = ' ', to = '\uD7FF') String text) {
    assertThat(Percent.decode(URLEncoder.encode(text, StandardCharsets.UTF_8), true))
        .contains(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%2", "%zz", "%c3", "%c0%af", "%ff", "a b", "é", "a\u0000", "%-1"})
  void what_is_not_encoded_as_it_must_be_is_refused(String text) {
    assertThat(Percent.decode(text, true)).isEmpty();
  }

  @Test
  void a_plus_is_a_space_in_forms_only() {
    assertThat(Percent.decode("a+b", true)).contains("a b");
    assertThat(Percent.decode("a+b", false)).contains("a+b");
  }

  @Test
  void it_is_decoded_once() {
    assertThat(Percent.decode("%252e", false)).contains("%2e");
  }
}
