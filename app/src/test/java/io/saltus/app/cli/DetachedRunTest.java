package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.saltus.app.Programs;
import io.saltus.app.cli.Console.Outcome;
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
