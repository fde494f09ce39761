package io.saltus.bench.judge.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JudgeOptionsTest {

  @Test
  void parts_and_options_come_in_any_order() {
    JudgeOptions options =
        JudgeOptions.parse("curves", "--seed", "7", "tcpd", "--tcpd", "data", "--jobs", "1");
    assertThat(options.parts()).containsExactly("curves", "tcpd");
    assertThat(options.seed()).isEqualTo(7);
    assertThat(options.tcpd()).contains(Path.of("data"));
    assertThat(options.home()).isEmpty();
    assertThat(options.curves()).isEqualTo(2_000);
  }

  @Test
  void what_is_wrong_is_named() {
    assertThatThrownBy(() -> JudgeOptions.parse("--curves")).hasMessageContaining("no value");
    assertThatThrownBy(() -> JudgeOptions.parse("--curves", "many")).hasMessageContaining("'many'");
    assertThatThrownBy(() -> JudgeOptions.parse("--jobs", "0")).hasMessageContaining("below 1");
    assertThatThrownBy(() -> JudgeOptions.parse("--card", "1")).hasMessageContaining("--card");
  }
}
