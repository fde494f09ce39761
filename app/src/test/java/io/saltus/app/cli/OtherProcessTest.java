package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.saltus.app.Programs;
import io.saltus.app.cli.Console.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run in a process of its own, watched, annotated and interrupted from this one. */
class OtherProcessTest {

  @TempDir Path directory;
  private Console console;
  private Process run;

  @BeforeEach
  void start() throws IOException {
    console =
        new Console(directory)
            .programs(Programs.installed())
            .variable("SALTUS_HOME", directory.resolve("home").toString());
    run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                SaltusMain.class.getName(),
                "run",
                "grokking",
                "--name",
                "r1",
                "--home",
                directory.resolve("home").toString())
            .redirectOutput(directory.resolve("out").toFile())
            .redirectError(directory.resolve("err").toFile())
            .start();
    // The first frame may hold step 0 alone, which is evaluated before anything has been trained.
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> console.run("metrics", "r1", "--metric", "train.loss").lines().size() > 1);
  }

  @AfterEach
  void end() throws InterruptedException {
    run.destroyForcibly().waitFor();
  }

  @ParameterizedTest
  @CsvSource({"HUP, 1", "INT, 2", "TERM, 15"})
  void a_signal_pauses_the_run_and_the_process_ends_with_130(String signal, int number)
      throws Exception {
    assumeFalse(
        isIgnored(number),
        "SIG" + signal + " is ignored here, as under nohup, and what is ignored stays ignored");
    new ProcessBuilder("kill", "-" + signal, Long.toString(run.pid())).start().waitFor();

    assertThat(run.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(run.exitValue()).isEqualTo(130);
    List<String> events = console.run("events", "r1", "--format", "json").lines();
    assertThat(events.get(events.size() - 1))
        .contains("\"type\":\"RunPaused\"")
        .contains("\"attempt\":1,")
        .contains("\"reason\":\"SIG" + signal + "\"");
    assertThat(console.run("events", "r1", "--follow", "--format", "json").lines())
        .as("a paused run is at rest, so following it ends")
        .isEqualTo(events);
    assertThat(console.run("runs", "--status", "paused").out()).contains("r1");
    assertThat(console.run("journal", "check").code()).isZero();
  }

  /** Whether the run was started with this signal ignored; a JVM leaves it so. */
  private boolean isIgnored(int signal) throws IOException {
    String mask =
        Files.readAllLines(Path.of("/proc", Long.toString(run.pid()), "status")).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElseThrow();
    long ignored = Long.parseUnsignedLong(mask.substring("SigIgn:".length()).strip(), 16);
    return (ignored >> (signal - 1) & 1) == 1;
  }

  @Test
  void readers_work_annotations_go_through_and_a_second_writer_is_refused() {
    assertThat(console.run("show", "r1").out()).startsWith("r1: running at step ");
    assertThat(console.run("metrics", "r1", "--metric", "train.loss").lines())
        .hasSizeGreaterThan(1);
    assertThat(console.run("tag", "r1", "seen=yes").out()).isEqualTo("r1  tags: seen=yes\n");
    Outcome refused = console.run("run", "grokking", "--steps", "1");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("process " + run.pid()).contains("saltus run grokking");
  }

  @Test
  void what_wants_a_run_at_rest_refuses_one_at_work_until_it_is_paused_from_here()
      throws Exception {
    for (String command :
        List.of("verify r1", "fork r1 --step 0 --name f", "delete r1 --yes", "resume r1")) {
      Outcome outcome = console.run(command.split(" "));
      assertThat(outcome.code()).as(command + ": " + outcome.err()).isEqualTo(1);
      assertThat(outcome.err())
          .as(command)
          .startsWith(
              command.startsWith("resume")
                  ? "saltus: the home is in use: "
                  : "saltus: r1 is running")
          .hasLineCount(1);
      assertThat(outcome.out()).isEmpty();
    }
    Outcome extended = console.run("extend", "r1", "--steps", "9000");
    assertThat(extended.code()).isEqualTo(2);
    assertThat(extended.err())
        .startsWith("saltus: r1 is running; only complete and paused runs can be extended");
    assertThat(console.run("runs").lines()).hasSize(2);

    Outcome paused = console.run("pause", "r1");

    assertThat(paused.code()).as(paused.err()).isZero();
    assertThat(paused.out()).startsWith("r1: paused at step ");
    assertThat(run.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(run.exitValue()).isEqualTo(130);
    assertThat(directory.resolve("err"))
        .content()
        .contains("r1 rests after step ")
        .contains("Go on with: saltus resume r1");
    assertThat(console.run("events", "r1").out()).endsWith("saltus pause\n");
  }

  @Test
  void a_run_is_cancelled_from_another_process() throws Exception {
    Outcome cancelled = console.run("cancel", "r1", "--format", "json");

    assertThat(cancelled.code()).as(cancelled.err()).isZero();
    assertThat(cancelled.out()).contains("\"status\":\"cancelled\"");
    assertThat(run.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(run.exitValue()).isEqualTo(1);
    assertThat(directory.resolve("err")).content().contains("saltus: the run cancelled at step ");
    assertThat(console.run("resume", "r1").err()).startsWith("saltus: r1 was cancelled for good");
    assertThat(console.run("metrics", "r1", "--metric", "train.loss").lines())
        .hasSizeGreaterThan(1);
  }

  @Test
  void a_run_whose_process_was_killed_is_interrupted() throws Exception {
    run.destroyForcibly().waitFor();

    assertThat(console.run("show", "r1", "--format", "json").out())
        .contains("\"status\":\"interrupted\"");
    assertThat(console.run("journal", "check").out()).startsWith("sound");
  }
}
