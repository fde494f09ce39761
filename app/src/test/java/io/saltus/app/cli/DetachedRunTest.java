package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.saltus.app.Programs;
import io.saltus.app.cli.Console.Outcome;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left to a process in the background. */
class DetachedRunTest {

  @TempDir Path directory;

  @Test
  void a_run_is_begun_before_the_command_ends_and_comes_to_its_end_without_it() throws Exception {
    Path home = directory.resolve(".saltus");
    Path hook = directory.resolve("hook");

    Outcome left =
        SaltusProcess.run(
            home,
            Map.of(),
            "run",
            "grokking",
            "--set",
            "task.modulus=23",
            "--set",
            "model.width=64",
            "--set",
            "until=null",
            "--steps",
            "300",
            "--name",
            "r1",
            "--on",
            "completed=echo $SALTUS_RUN > " + hook,
            "--detach",
            "--format",
            "json");

    assertThat(left.code()).as(left.err()).isZero();
    assertThat(left.out())
        .startsWith("{\"run\":\"r1\"")
        .containsAnyOf("\"status\":\"queued\"", "\"status\":\"running\"");
    assertThat(left.err()).contains("works on r1", "logs/r1.log");
    Console console = new Console(directory).programs(Programs.installed());
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> Files.exists(hook));
    assertThat(Files.readString(hook)).isEqualTo("r1\n");
    assertThat(console.run("show", "r1", "--format", "json").out())
        .contains("\"status\":\"completed\",\"step\":300");
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> Files.readString(home.resolve("logs/r1.log")).contains("\"completed\""));
    awaitEnd(home, left);
  }

  @Test
  void the_process_of_a_study_ends_when_the_study_is_done() throws Exception {
    Path home = directory.resolve(".saltus");

    Outcome left =
        SaltusProcess.run(
            home,
            Map.of(),
            "study",
            "grokking-weight-decay",
            "--set",
            "study.axes.\"optimizer.weight-decay\"=[0,1]",
            "--set",
            "study.seeds=[1]",
            "--set",
            "expect=null",
            "--set",
            "task.modulus=23",
            "--set",
            "model.width=64",
            "--set",
            "until=null",
            "--set",
            "steps=100",
            "--name",
            "s",
            "--detach");

    assertThat(left.code()).as(left.err()).isZero();
    awaitEnd(home, left);
    assertThat(new Console(directory).programs(Programs.installed()).run("studies").out())
        .containsPattern("s +completed +2 ");
  }

  /** Waits until the process that was left behind is gone, with its work done. */
  private static void awaitEnd(Path home, Outcome left) {
    long pid = Long.parseLong(left.err().replaceFirst("(?s).*saltus: process (\\d+) .*", "$1"));
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () ->
                HomeLock.currentHolder(Home.at(home)).isEmpty()
                    && ProcessHandle.of(pid).filter(DetachedRunTest::isAtWork).isEmpty());
  }

  /** Whether it runs still; nobody may have asked after one that has ended. */
  private static boolean isAtWork(ProcessHandle process) {
    try {
      String status = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      return !status.substring(status.lastIndexOf(')')).startsWith(") Z");
    } catch (IOException ended) {
      return false;
    }
  }

  @Test
  void what_the_process_in_the_background_cannot_do_is_said_by_the_one_in_front() throws Exception {
    Path home = directory.resolve(".saltus");

    Outcome refused =
        SaltusProcess.run(
            home, Map.of(), "study", "grokking-operations", "--name", "Not One", "--detach");
    Outcome taken =
        SaltusProcess.run(home, Map.of(), "run", "grokking", "--name", "a/b", "--detach");

    assertThat(refused.code()).isEqualTo(2);
    assertThat(taken.code()).isEqualTo(2);
    assertThat(home).doesNotExist();
  }
}
