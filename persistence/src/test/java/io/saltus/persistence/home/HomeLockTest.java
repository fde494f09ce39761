package io.saltus.persistence.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.persistence.home.HomeException.Reason;
import io.saltus.persistence.rocks.Child;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeLockTest {

  @TempDir Path directory;
  private Home home;

  @BeforeEach
  void name() {
    home = Home.at(directory.resolve("home"));
  }

  @Test
  void a_home_held_by_another_process_is_refused_with_its_pid_start_and_command() {
    try (Child holder = Child.start(HolderProcess.class, home.root().toString())) {
      assertThat(holder.line()).isPresent();

      assertThatThrownBy(() -> home.lockForWriting("second"))
          .isInstanceOfSatisfying(
              HomeException.class, e -> assertThat(e.reason()).isEqualTo(Reason.HELD))
          .hasMessageMatching(
              "the home is in use: .*, by process %d, started 20[^ ]+Z: saltus run grokking\\. .*"
                  .formatted(holder.pid()));
      assertThat(HomeLock.currentHolder(home).orElseThrow().pid()).isEqualTo(holder.pid());

      holder.kill();
      assertThat(HomeLock.currentHolder(home)).isEmpty();
      home.lockForWriting("second").close();
    }
  }

  @Test
  void a_second_attempt_in_the_same_process_is_refused_and_does_not_end_the_first_lock() {
    try (HomeLock lock = home.lockForWriting("first")) {
      assertThat(lock.home()).isEqualTo(home);
      assertThatThrownBy(() -> home.lockForWriting("second")).hasMessageContaining(": first.");
      try (Child holder = Child.start(HolderProcess.class, home.root().toString())) {
        assertThat(holder.line()).as("the other process got the home").isEmpty();
      }
    }
    assertThat(HomeLock.currentHolder(home)).isEmpty();
    home.lockForWriting("third").close();
  }

  @Test
  void a_holder_reads_back_and_damaged_ones_are_nobody() {
    Holder holder = new Holder(12, Instant.parse("2026-11-23T12:00:00Z"), "saltus\nrun \u001b[1m");

    assertThat(Holder.parse(holder.format())).contains(holder);
    assertThat(holder.command()).isEqualTo("saltus run  [1m");
    assertThat(Holder.parse("pid=12\n")).isEmpty();
    assertThat(Holder.parse("pid=12\nstarted=noon\ncommand=x\n")).isEmpty();
    assertThat(holder.isThisProcess()).isFalse();
  }
}
