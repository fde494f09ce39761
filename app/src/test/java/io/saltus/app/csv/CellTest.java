package io.saltus.app.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellTest {

  @ParameterizedTest
  @ValueSource(strings = {"5", "-5.", "+.5", "1.25e-3", "0E9"})
  void a_number_is_read_in_each_of_its_forms(String text) {
    assertThat(Cell.of(text)).isEqualTo(Cell.NUMBER);
    assertThat(Decimal.number(text)).isEqualTo(Double.parseDouble(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "1e", "1e+", "--1", "1.2.3", "0x1"})
  void what_only_begins_like_a_number_is_none(String text) {
    assertThat(Decimal.number(text)).isNaN();
  }

  @Test
  void a_long_field_that_is_nearly_a_number_is_read_once() {
    String nearly = "1".repeat(1_000_000) + "x";

    // A pattern that tries again from each digit takes hours.
    Cell cell = assertTimeoutPreemptively(Duration.ofMinutes(1), () -> Cell.of(nearly));

    assertThat(cell).isEqualTo(Cell.TEXT);
  }
}
