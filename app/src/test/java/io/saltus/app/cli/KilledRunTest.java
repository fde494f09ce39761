package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.saltus.app.Programs;
import io.saltus.app.cli.Console.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of TensorFlow whose process is killed with no warning. */
class KilledRunTest {

  private static final List<String> RUN =
      List.of(
          "run",
          "grokking",
          "--set",
          "task.modulus=23",
          "--set",
          "model.width=64",
          "--set",
          "until=null",
          "--set",
          "evaluate.every=50",
          "--set",
          "checkpoint.every=100 steps",
          "--steps",
          "4000");

  @TempDir Path directory;

  @Test
  void it_is_interrupted_and_goes_on_to_be_the_run_that_it_would_have_been() throws Exception {
    Console console = new Console(directory).programs(Programs.installed());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(SaltusMain.class.getName());
    command.addAll(RUN);
    command.addAll(List.of("--name", "r1", "--home", directory.resolve(".saltus").toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(directory.resolve("out").toFile())
            .redirectError(directory.resolve("err").toFile())
            .start();
    try {
      await()
          .pollInterval(Duration.ofMillis(5))
          .atMost(Duration.ofMinutes(2))
          .until(() -> console.run("events", "r1").out().contains("MetricsRecorded"));
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(process.exitValue()).as("ended by SIGKILL").isEqualTo(137);
    assertThat(console.run("show", "r1").out()).startsWith("r1: interrupted at step ");
    assertThat(console.run("runs").out()).contains("interrupted").doesNotContain("running");
    assertThat(console.run("runs", "--status", "interrupted").lines()).hasSize(2);
    String before = console.run("metrics", "r1", "--metric", "train.loss").out();

    Outcome resumed = console.run("resume", "--all", "--format", "json");

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.out())
        .contains("\"status\":\"completed\",\"step\":4000")
        .contains("\"attempts\":2");
    assertThat(console.run("metrics", "r1", "--metric", "train.loss").out())
        .as("what was shown stays")
        .startsWith(before);
    Outcome undisturbed = console.run(all(RUN, "--name", "r2", "--format", "json"));
    assertThat(undisturbed.code()).as(undisturbed.err()).isZero();
    assertThat(Scripted.digest(resumed)).isEqualTo(Scripted.digest(undisturbed));
    assertThat(console.run("journal", "check").out()).startsWith("sound: ");
  }

  private static String[] all(List<String> begin, String... further) {
    List<String> all = new ArrayList<>(begin);
    all.addAll(List.of(further));
    return all.toArray(String[]::new);
  }
}
