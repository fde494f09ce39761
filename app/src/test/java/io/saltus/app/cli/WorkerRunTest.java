package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.saltus.actors.worker.CorePinning;
import io.saltus.app.Programs;
import io.saltus.app.cli.Console.Outcome;
import io.saltus.tf.device.Devices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs of TensorFlow whose sessions live in worker processes. */
@Timeout(300)
class WorkerRunTest {

  private static final List<String> RUN =
      List.of(
          "run",
          "grokking",
          "--format",
          "json",
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
  void a_run_in_a_worker_is_the_same_run_also_when_its_worker_is_killed() throws Exception {
    Path home = directory.resolve(".saltus");
    SaltusProcess disturbed = SaltusProcess.start(home, Map.of(), inWorker("killed"));
    ProcessHandle worker = workerOf(home);
    // So that the kill comes in the middle, with a state to go on from.
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofMinutes(2))
        .until(() -> saved(home) > 1);
    // Read by itself: Java shows the first 4,096 bytes, and a class path may be as long.
    assertThat(Files.readString(Path.of("/proc/" + worker.pid() + "/cmdline")))
        .contains("saltus-worker\0cpu:0");
    assertThat(Files.readString(files(home).get(0))).contains("run=killed\nslot=cpu:0\n");
    assertThat(devices(home))
        .contains("\"lease\":{\"run\":\"killed\",\"pid\":" + worker.pid() + "}");
    assertThat(worker.destroyForcibly()).isTrue();
    Outcome killed = disturbed.end();

    assertThat(killed.code()).as(killed.err()).isZero();
    assertThat(killed.out())
        .contains("\"status\":\"completed\",\"step\":4000")
        .contains("\"attempts\":2")
        .contains("\"exact\":true");
    assertThat(files(home)).as("no worker is left").isEmpty();
    assertThat(devices(home)).doesNotContain("\"run\"");
    Outcome undisturbed = SaltusProcess.run(home, Map.of(), inWorker("undisturbed"));
    assertThat(undisturbed.code()).as(undisturbed.err()).isZero();
    assertThat(undisturbed.out()).contains("\"attempts\":1");
    Outcome here = SaltusProcess.run(home, Map.of(), named("here", "isolation=thread"));
    assertThat(here.code()).as(here.err()).isZero();
    assertThat(Scripted.digest(here)).matches("[0-9a-f]{64}");
    assertThat(Scripted.digest(undisturbed)).isEqualTo(Scripted.digest(here));
    assertThat(Scripted.digest(killed)).isEqualTo(Scripted.digest(here));
    assertThat(environment(home, "undisturbed")).isEqualTo(environment(home, "here"));
  }

  @Test
  void a_worker_is_pinned_to_the_core_of_its_slot_and_that_changes_no_bit() throws Exception {
    CorePinning pinning = CorePinning.here(Devices.list(), System.getenv());
    assumeTrue(pinning.refusal().isEmpty(), pinning.text());
    Path home = directory.resolve(".saltus");
    SaltusProcess pinned = SaltusProcess.start(home, Map.of(), inWorker("pinned"));
    ProcessHandle worker = workerOf(home);
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofMinutes(2))
        .until(() -> saved(home) > 1);
    assertThat(cores(worker.pid())).matches("[0-9]+");
    Outcome first = pinned.end();
    SaltusProcess free =
        SaltusProcess.start(home, Map.of(CorePinning.VARIABLE, "off"), inWorker("free"));
    assertThat(cores(workerOf(home).pid())).isEqualTo(cores(self()));
    Outcome second = free.end();

    assertThat(first.code()).as(first.err()).isZero();
    assertThat(second.code()).as(second.err()).isZero();
    assertThat(Scripted.digest(first)).isEqualTo(Scripted.digest(second));
    assertThat(environment(home, "pinned")).isEqualTo(environment(home, "free"));
  }

  private static long self() {
    return ProcessHandle.current().pid();
  }

  /** What a process may use, as the system writes it. */
  private static String cores(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("Cpus_allowed_list:"))
        .map(line -> line.replace("Cpus_allowed_list:", "").strip())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_run_that_somebody_watches_has_no_worker_unless_its_spec_says_so() throws Exception {
    Path home = directory.resolve(".saltus");
    List<String> plain = new ArrayList<>(RUN);
    plain.addAll(List.of("--name", "plain"));
    SaltusProcess process = SaltusProcess.start(home, Map.of(), plain.toArray(String[]::new));
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofMinutes(2))
        .until(() -> Files.isDirectory(home.resolve("checkpoints")) && saved(home) > 1);

    assertThat(files(home)).isEmpty();
    Outcome outcome = process.end();
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(home.resolve("workers")).doesNotExist();
  }

  @Test
  void a_worker_ends_with_its_parent_and_the_run_goes_on_in_another() throws Exception {
    Path home = directory.resolve(".saltus");
    SaltusProcess parent = SaltusProcess.start(home, Map.of(), inWorker("r1"));
    ProcessHandle worker = workerOf(home);
    parent.killOnceSaved(2);
    worker.onExit().get(5, TimeUnit.SECONDS);
    assertThat(files(home)).as("nobody was left to remove it").hasSize(1);

    Outcome resumed = SaltusProcess.run(home, Map.of(), "resume", "r1", "--format", "json");

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.out()).contains("\"step\":4000").contains("\"exact\":true");
    assertThat(files(home)).isEmpty();
  }

  @Test
  void a_worker_that_was_stopped_when_its_parent_died_is_ended_before_its_run_goes_on()
      throws Exception {
    Path home = directory.resolve(".saltus");
    SaltusProcess parent = SaltusProcess.start(home, Map.of(), inWorker("r1"));
    ProcessHandle worker = workerOf(home);
    try {
      await()
          .pollInterval(Duration.ofMillis(5))
          .atMost(Duration.ofMinutes(2))
          .until(() -> saved(home) > 1);
      // So it cannot notice that its parent is gone.
      signal("STOP", worker.pid());
      parent.killOnceSaved(2);
      assertThat(worker.isAlive()).isTrue();

      Outcome resumed = SaltusProcess.run(home, Map.of(), "resume", "r1", "--format", "json");

      assertThat(worker.isAlive()).isFalse();
      assertThat(resumed.code()).as(resumed.err()).isZero();
      assertThat(resumed.out()).contains("\"step\":4000").contains("\"exact\":true");
      assertThat(files(home)).isEmpty();
    } finally {
      worker.destroyForcibly();
    }
  }

  private static void signal(String name, long pid) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
  }

  private ProcessHandle workerOf(Path home) {
    List<Path> found = new ArrayList<>();
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofMinutes(2))
        // One that is still being written has another name.
        .until(
            () ->
                found.addAll(
                    files(home).stream()
                        .filter(file -> file.getFileName().toString().matches("[0-9]+"))
                        .toList()));
    return ProcessHandle.of(Long.parseLong(found.get(0).getFileName().toString())).orElseThrow();
  }

  /** The recorded fingerprint of a run's first attempt. */
  private String environment(Path home, String run) {
    Outcome events =
        new Console(directory)
            .programs(Programs.installed())
            .run("events", run, "--format", "json", "--home", home.toString());
    return events.lines().stream()
        .filter(line -> line.contains("\"fingerprint\""))
        .map(line -> line.replaceFirst(".*\"fingerprint\":", ""))
        .findFirst()
        .orElseThrow();
  }

  private String devices(Path home) {
    return new Console(directory)
        .run("devices", "--format", "json", "--home", home.toString())
        .out();
  }

  private static String[] inWorker(String name) {
    return named(name, "isolation=process");
  }

  private static String[] named(String name, String setting) {
    List<String> all = new ArrayList<>(RUN);
    all.addAll(List.of("--name", name, "--set", setting));
    return all.toArray(String[]::new);
  }

  private static long saved(Path home) throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("checkpoints"))) {
      return files.filter(file -> file.toString().endsWith(".safetensors")).count();
    }
  }

  private static List<Path> files(Path home) throws IOException {
    Path folder = home.resolve("workers");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
