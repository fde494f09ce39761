package io.saltus.bench.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.bench.judge.ground.JudgeOptions;
import org.junit.jupiter.api.Test;

class JudgeTest {

  @Test
  void without_a_name_all_is_judged_for_which_everything_is_there() {
    assertThat(Judge.asked(JudgeOptions.parse()).keySet())
        .containsExactly("exactness", "curves", "size", "online", "speed");
    assertThat(Judge.asked(JudgeOptions.parse("--tcpd", "a", "--home", "b")).keySet())
        .containsExactly("exactness", "tcpd", "curves", "size", "online", "runs", "speed");
  }

  @Test
  void parts_come_in_the_order_in_which_they_are_named() {
    assertThat(Judge.asked(JudgeOptions.parse("size", "curves")).keySet())
        .containsExactly("size", "curves");
    assertThatThrownBy(() -> Judge.asked(JudgeOptions.parse("speeds")))
        .hasMessageContaining("no part 'speeds'. One of [exactness, tcpd,");
  }
}
