package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.saltus.app.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A signal that comes while the process of a run is still starting. The moments are those at which
 * the JVM says that it has loaded a class, so that they do not depend on how fast the machine is.
 */
class EarlySignalTest {

  @TempDir Path directory;
  private Process process;

  @AfterEach
  void end() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "picocli.CommandLine ",
        "io.saltus.app.cli.RunCommand ",
        "com.typesafe.config.Config ",
        "io.saltus.app.cli.ForegroundRun ",
        "io.saltus.persistence.home.HomeLock ",
        "org.rocksdb.RocksDB ",
        "org.apache.pekko.actor.ActorSystemImpl "
      })
  void the_process_ends_with_130_and_leaves_no_run_that_is_not_at_rest(String loaded)
      throws Exception {
    Path classes = directory.resolve("classes");
    process = start(classes);
    // The directory is there when the log is; the class comes a moment later, or the process ends.
    await()
        .pollInterval(Duration.ofMillis(2))
        .atMost(Duration.ofMinutes(1))
        .until(() -> Files.exists(classes) && Files.readString(classes).contains(loaded));
    List<String> kill = List.of("kill", "-TERM", Long.toString(process.pid()));
    new ProcessBuilder(kill).start().waitFor();

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(directory.resolve("out")).isEmptyFile();
    assertNothingIsUnderWay();
  }

  private Process start(Path classes) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xlog:class+load:file=" + classes);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            SaltusMain.class.getName(),
            "run",
            "grokking",
            "--home",
            directory.resolve("home").toString()));
    return new ProcessBuilder(command)
        .redirectOutput(directory.resolve("out").toFile())
        .redirectError(directory.resolve("err").toFile())
        .start();
  }

  private void assertNothingIsUnderWay() throws IOException {
    if (!Files.exists(directory.resolve("home"))) {
      return;
    }
    Console console =
        new Console(directory)
            .programs(Programs.installed())
            .variable("SALTUS_HOME", directory.resolve("home").toString());
    Console.Outcome runs = console.run("runs", "--format", "json");
    assertThat(runs.code()).as(runs.err()).isZero();
    assertThat(runs.lines()).allMatch(line -> line.contains("\"status\":\"paused\""));
    assertThat(console.run("journal", "check").out()).startsWith("sound");
  }
}
