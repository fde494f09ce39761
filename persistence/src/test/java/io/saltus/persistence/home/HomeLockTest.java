package io.saltus.persistence.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.saltus.persistence.home.HomeException.Reason;
import io.saltus.persistence.rocks.Child;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
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
  void a_process_that_was_killed_and_not_yet_asked_after_by_its_parent_does_not_run()
      throws IOException {
    // The shell becomes a program that asks after no child of its own.
    Process parent =
        new ProcessBuilder("/bin/sh", "-c", "sleep 600 & echo $!; exec sleep 600").start();
    try (BufferedReader output = parent.inputReader()) {
      ProcessHandle child = ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
      Path parentName = Path.of("/proc", Long.toString(parent.pid()), "comm");
      await().until(() -> Files.readString(parentName).equals("sleep\n"));
      Holder holder =
          new Holder(
              child.pid(),
              child.info().startInstant().orElseThrow(),
              "saltus run",
              Optional.empty());
      assertThat(holder.isRunning()).isTrue();

      child.destroyForcibly();
      await().until(() -> !holder.isRunning());
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void a_holder_reads_back_and_damaged_ones_are_nobody() {
    Instant noon = Instant.parse("2026-11-23T12:00:00Z");
    Holder holder = new Holder(12, noon, "saltus\nrun \u001b[1m", Optional.of("1.2.3-SNAPSHOT"));
    Holder older = new Holder(12, noon, "saltus run", Optional.empty());

    assertThat(Holder.parse(holder.format())).contains(holder);
    assertThat(Holder.parse(older.format())).contains(older);
    assertThat(Holder.parse("pid=12\nstarted=2026-11-23T12:00:00Z\ncommand=saltus run\n"))
        .as("as versions before wrote it")
        .contains(older);
    assertThat(Holder.parse(older.format() + "version=a b\n")).isEmpty();
    assertThat(holder.command()).isEqualTo("saltus run  [1m");
    assertThat(Holder.parse("pid=12\n")).isEmpty();
    assertThat(Holder.parse("pid=12\nstarted=noon\ncommand=x\n")).isEmpty();
    assertThat(holder.isThisProcess()).isFalse();
  }
}
