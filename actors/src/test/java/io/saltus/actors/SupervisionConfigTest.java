package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import io.saltus.persistence.journal.JournalConfig;
import org.junit.jupiter.api.Test;

/** The defaults that would lose or hide something are not in force. */
class SupervisionConfigTest {

  private final Config config = SupervisionConfig.of(JournalConfig.plugins());

  @Test
  void nothing_is_dropped_discarded_or_given_up_in_silence() {
    assertThat(config.getString("pekko.persistence.typed.stash-overflow-strategy"))
        .isEqualTo("fail");
    assertThat(config.getString("saltus.journal.replay-filter.mode")).isEqualTo("fail");
    assertThat(config.getBoolean("saltus.snapshots.snapshot-is-optional")).isTrue();
    assertThat(config.getDuration("saltus.journal.circuit-breaker.call-timeout")).hasHours(1);
  }

  @Test
  void the_plugins_are_those_of_the_home() {
    assertThat(config.getString("pekko.persistence.journal.plugin")).isEqualTo("saltus.journal");
    assertThat(config.getString("pekko.persistence.snapshot-store.plugin"))
        .isEqualTo("saltus.snapshots");
  }

  @Test
  void nothing_is_written_to_standard_output_and_no_signal_is_taken() {
    assertThat(config.getString("pekko.stdout-loglevel")).isEqualTo("OFF");
    assertThat(config.getBoolean("pekko.coordinated-shutdown.run-by-jvm-shutdown-hook")).isFalse();
    assertThat(config.getBoolean("pekko.daemonic")).isTrue();
  }
}
