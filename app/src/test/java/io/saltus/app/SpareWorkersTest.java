package io.saltus.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers that are started ahead for runs that wait, in a process as users start it. */
@Timeout(300)
class SpareWorkersTest {

  private static final String NO_RUN = "";

  @TempDir Path directory;

  private Process parent;

  @AfterEach
  void end() {
    parent.destroyForcibly().onExit().join();
  }

  @Test
  void each_waiting_run_is_computed_by_the_process_that_was_its_spare() throws Exception {
    start(3, 2_000);
    Map<Long, String> seen = new TreeMap<>();
    Map<String, Long> spares = new TreeMap<>();
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofMinutes(4))
        .until(
            () -> {
              workers()
                  .forEach(
                      (pid, run) -> {
                        if (NO_RUN.equals(seen.put(pid, run)) && !run.isEmpty()) {
                          spares.put(run, pid);
                        }
                      });
              return !parent.isAlive();
            });
    assertThat(parent.exitValue()).as(said()).isZero();
    assertThat(spares).as("runs that a spare was given").containsOnlyKeys("r1", "r2");
    assertThat(seen).as("one process for each run, and none in vain").hasSize(3);
    assertThat(workers()).isEmpty();
  }

  @Test
  void a_run_that_nobody_waits_behind_starts_no_spare() throws Exception {
    start(1, 2_000);
    Map<Long, String> seen = new TreeMap<>();
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofMinutes(4))
        .until(
            () -> {
              seen.putAll(workers());
              return !parent.isAlive();
            });
    assertThat(parent.exitValue()).as(said()).isZero();
    assertThat(seen).hasSize(1);
  }

  @Test
  void a_spare_ends_within_five_seconds_when_its_parent_is_killed() throws Exception {
    start(2, 1_000_000);
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofMinutes(2))
        .until(() -> workers().size() == 2 && workers().containsValue(NO_RUN));
    List<ProcessHandle> children =
        workers().keySet().stream().map(pid -> ProcessHandle.of(pid).orElseThrow()).toList();
    assertThat(children).hasSize(2).allMatch(ProcessHandle::isAlive);
    parent.destroyForcibly().waitFor();
    for (ProcessHandle child : children) {
      child.onExit().get(5, TimeUnit.SECONDS);
    }
  }

  private void start(int runs, long steps) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            QueueingParent.class.getName(),
            home().toString(),
            Integer.toString(runs),
            Long.toString(steps));
    parent = builder.redirectErrorStream(true).redirectOutput(output().toFile()).start();
  }

  private Path home() {
    return directory.resolve("home");
  }

  private Path output() {
    return directory.resolve("said");
  }

  private String said() throws IOException {
    return Files.readString(output());
  }

  /** The processes that the files of the home name, each with its run. */
  private Map<Long, String> workers() throws IOException {
    Path folder = home().resolve("workers");
    Map<Long, String> workers = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(each -> !each.toString().endsWith(".tmp")).toList()) {
          read(file, workers);
        }
      }
    }
    return workers;
  }

  private static void read(Path file, Map<Long, String> workers) throws IOException {
    try {
      List<String> lines = Files.readAllLines(file);
      assertThat(lines.get(3)).isEqualTo("slot=cpu:0");
      workers.put(
          Long.parseLong(lines.get(0).replace("pid=", "")), lines.get(2).replace("run=", ""));
    } catch (NoSuchFileException ended) {
      // Between the list and the reading.
      return;
    }
  }
}
