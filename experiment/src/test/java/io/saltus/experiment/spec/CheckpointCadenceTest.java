package io.saltus.experiment.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointCadenceTest {

  @ParameterizedTest
  @CsvSource({
    "auto, auto",
    "1 step, 1 steps",
    "500 steps, 500 steps",
    "5 minutes, 5 minutes",
    "1 minute, 1 minutes",
    "120 seconds, 2 minutes",
    "90 seconds, 90 seconds",
    "1 second, 1 seconds",
    "999999999999 minutes, 999999999999 minutes"
  })
  void a_cadence_is_written_in_one_way(String written, String text) {
    CheckpointCadence cadence = CheckpointCadence.parse(written);
    assertThat(cadence.text()).isEqualTo(text);
    assertThat(CheckpointCadence.parse(text)).isEqualTo(cadence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Auto",
        "5",
        "0 steps",
        "-1 steps",
        "05 steps",
        "5  steps",
        "5 hours",
        "steps"
      })
  void what_is_no_cadence_is_refused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CheckpointCadence.parse(text))
        .withMessageContaining("\"N steps\"");
  }

  @Test
  void amounts_are_positive_and_whole() {
    assertThatIllegalArgumentException().isThrownBy(() -> new CheckpointCadence.EverySteps(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CheckpointCadence.EveryTime(Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CheckpointCadence.EveryTime(Duration.ofMillis(1500)));
  }
}
