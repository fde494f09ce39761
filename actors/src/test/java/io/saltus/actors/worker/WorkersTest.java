package io.saltus.actors.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.saltus.experiment.Device;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.session.Chunk;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.experiment.session.UntilProgress;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.home.WorkerFiles;
import io.saltus.testkit.ScriptedProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The workers of a home, with real child processes. */
@Timeout(120)
class WorkersTest {

  private static final RunId RUN = new RunId("r1");

  private static final List<Device> SLOTS =
      IntStream.range(0, Runtime.getRuntime().availableProcessors())
          .mapToObj(slot -> new Device(new DeviceId("cpu", slot), "cpu", 1, 1L << 30))
          .toList();

  @TempDir Path directory;

  private final List<String> started = new CopyOnWriteArrayList<>();
  private String fault = "nothing";
  private HomeLock lock;
  private Workers workers;

  @BeforeEach
  void open() {
    lock = Home.at(directory.resolve("home")).lockForWriting("test");
    workers =
        new Workers(
            slot -> {
              started.add(slot);
              return ScriptedWorker.command(fault);
            },
            List.of(),
            WorkerFiles.of(lock),
            WorkerLimits.DEFAULT,
            System::nanoTime,
            CorePinning.here(SLOTS, System.getenv()));
  }

  @AfterEach
  void close() {
    workers.close();
    assertThat(files()).as("nobody is left").isEmpty();
    lock.close();
  }

  @Test
  void without_a_spare_a_session_costs_a_process() {
    try (TrainingSession session = workers.open(request())) {
      assertThat(session.step()).isEqualTo(-1);
      assertThat(started).containsExactly("cpu:0");
      assertThat(WorkerFiles.computing(lock.home())).containsOnlyKeys(RUN);
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void all_threads_of_a_worker_stay_on_the_core_of_its_slot_once_its_session_is_open()
      throws IOException {
    CorePinning pinning = CorePinning.here(SLOTS, System.getenv());
    assumeTrue(pinning.refusal().isEmpty(), pinning.text());
    String core = pinning.coresOf(List.of(DeviceId.parse("cpu:0"))).orElseThrow();
    long spare = spare();
    assertThat(cores(spare))
        .as("while it has no session")
        .isEqualTo(cores(ProcessHandle.current().pid()));
    try (TrainingSession session = workers.open(request())) {
      assertThat(cores(spare)).containsExactly(core);
      assertThat(session.step()).isEqualTo(-1);
    }
  }

  /** What the threads of a process may use, as the system writes it. */
  private static Set<String> cores(long pid) throws IOException {
    Set<String> cores = new TreeSet<>();
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
      for (Path thread : threads.toList()) {
        try (Stream<String> lines = Files.lines(thread.resolve("status"))) {
          lines
              .filter(line -> line.startsWith("Cpus_allowed_list:"))
              .forEach(line -> cores.add(line.replace("Cpus_allowed_list:", "").strip()));
        } catch (IOException | UncheckedIOException ended) {
          // A thread that has ended meanwhile.
          assertThat(thread).doesNotExist();
        }
      }
    }
    return cores;
  }

  @Test
  void a_session_that_was_expected_costs_no_start_of_a_process() {
    long spare = spare();
    assertThat(WorkerFiles.computing(lock.home())).as("it has no run yet").isEmpty();
    try (TrainingSession session = workers.open(request())) {
      assertThat(WorkerFiles.computing(lock.home())).containsEntry(RUN, spare);
      assertThat(started).hasSize(1);
      Chunk chunk = new Chunk(0, 5, 100, UntilProgress.of(List.of()));
      try (TrainingSession here = new ScriptedProgram(ScriptedWorker.script()).open(request())) {
        assertThat(session.run(chunk)).isEqualTo(here.run(chunk));
      }
    }
  }

  @Test
  void a_spare_prepares_for_the_session_that_is_expected() {
    fault = "prepared-only";
    spare();
    try (TrainingSession session = workers.open(request())) {
      assertThat(session.step()).isEqualTo(-1);
      assertThat(started).hasSize(1);
    }
  }

  @Test
  void a_spare_that_dies_of_its_preparation_costs_a_start_and_nothing_else() {
    fault = "die-preparing";
    spare();
    try (TrainingSession session = workers.open(request())) {
      assertThat(session.step()).isEqualTo(-1);
    }
  }

  @Test
  void while_more_is_expected_the_next_spare_is_started() {
    long first = spare();
    try (TrainingSession session = workers.open(request())) {
      await().atMost(Duration.ofSeconds(30)).until(() -> started.size() == 2);
      assertThat(WorkerFiles.computing(lock.home())).containsEntry(RUN, first);
      assertThat(session.step()).isEqualTo(-1);
    }
  }

  @Test
  void a_spare_that_was_killed_costs_a_start_and_nothing_else() {
    long spare = spare();
    ProcessHandle handle = ProcessHandle.of(spare).orElseThrow();
    handle.destroyForcibly();
    handle.onExit().join();
    try (TrainingSession session = workers.open(request())) {
      assertThat(session.step()).isEqualTo(-1);
      assertThat(WorkerFiles.computing(lock.home())).doesNotContainValue(spare);
    }
  }

  @Test
  void a_spare_ends_when_its_home_is_closed() {
    ProcessHandle spare = ProcessHandle.of(spare()).orElseThrow();
    workers.close();
    assertThat(spare.isAlive()).isFalse();
  }

  private long spare() {
    workers.expect(this, List.of(request()));
    await().atMost(Duration.ofSeconds(30)).until(() -> files().size() == 1);
    return Long.parseLong(files().get(0));
  }

  private static SessionRequest request() {
    return new SessionRequest(
            ScriptedProgram.spec(100), List.of(DeviceId.parse("cpu:0")), new TreeMap<>())
        .withRun(RUN);
  }

  private List<String> files() {
    if (!Files.isDirectory(lock.home().workers())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(lock.home().workers())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".tmp"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
