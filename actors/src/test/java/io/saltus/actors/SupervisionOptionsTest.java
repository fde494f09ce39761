package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SupervisionOptionsTest {

  private static final Config STORAGE = ConfigFactory.parseString("plugin = store");

  @Test
  void what_is_not_chosen_is_left_to_the_settings() {
    Config settings = SupervisionConfig.of(SupervisionOptions.standard().over(STORAGE));

    assertThat(SupervisionSettings.of(settings).chunkTarget())
        .isEqualTo(SupervisionSettings.of(SupervisionConfig.of(STORAGE)).chunkTarget());
  }

  @Test
  void a_chosen_length_of_chunks_wins_and_the_storage_stays() {
    Duration chosen = Duration.ofMillis(7);
    Config settings =
        SupervisionConfig.of(SupervisionOptions.standard().withChunkTarget(chosen).over(STORAGE));

    assertThat(SupervisionSettings.of(settings).chunkTarget()).isEqualTo(chosen);
    assertThat(settings.getString("plugin")).isEqualTo("store");
  }

  @Test
  void a_chunk_takes_more_than_no_time() {
    assertThatThrownBy(() -> SupervisionOptions.standard().withChunkTarget(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a chunk can't take PT0S");
  }
}
