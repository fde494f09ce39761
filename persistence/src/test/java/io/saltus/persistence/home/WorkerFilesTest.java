package io.saltus.persistence.home;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerFilesTest {

  @TempDir Path directory;

  private final List<Process> started = new ArrayList<>();
  private HomeLock lock;
  private WorkerFiles files;

  @BeforeEach
  void open() {
    lock = Home.at(directory.resolve("home")).lockForWriting("test");
    files = WorkerFiles.of(lock);
  }

  @AfterEach
  void close() {
    started.forEach(Process::destroyForcibly);
    lock.close();
  }

  @Test
  void a_home_without_workers_has_no_leftovers() {
    assertThat(files.endLeftovers()).isEmpty();
  }

  @Test
  void a_worker_that_outlived_its_parent_is_killed_and_its_file_removed() throws Exception {
    Process left = sleeper();
    Process other = sleeper();
    files.add(left.toHandle(), "cpu:0", Optional.of(new RunId("r1")));
    assertThat(listed()).containsExactly(Long.toString(left.pid()));

    assertThat(files.endLeftovers()).containsExactly(left.pid());

    assertThat(left.waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(other.isAlive()).as("nobody else is killed").isTrue();
    assertThat(listed()).isEmpty();
  }

  @Test
  void a_process_that_was_given_the_id_of_a_worker_since_is_left_alone() throws IOException {
    Process stranger = sleeper();
    Instant earlier = stranger.info().startInstant().orElseThrow().minusSeconds(100);
    write(
        stranger.pid(),
        new WorkerFile(stranger.pid(), earlier, Optional.empty(), "cpu:0").format());

    assertThat(files.endLeftovers()).isEmpty();

    assertThat(stranger.isAlive()).isTrue();
    assertThat(listed()).isEmpty();
  }

  @Test
  void where_nobody_knows_when_a_worker_started_nobody_is_killed() throws IOException {
    Process stranger = sleeper();
    write(
        stranger.pid(),
        new WorkerFile(stranger.pid(), Instant.EPOCH, Optional.empty(), "cpu:0").format());
    assertThat(files.endLeftovers()).isEmpty();
    assertThat(stranger.isAlive()).isTrue();
  }

  @Test
  void a_file_that_was_cut_short_is_removed_and_kills_nobody() throws IOException {
    Process stranger = sleeper();
    String whole =
        WorkerFile.of(stranger.toHandle(), Optional.of(new RunId("r1")), "cpu:0").format();
    for (int length = 0; length < whole.length(); length++) {
      write(stranger.pid(), whole.substring(0, length));
      assertThat(files.endLeftovers()).as("%d characters", length).isEmpty();
    }
    assertThat(stranger.isAlive()).isTrue();
    assertThat(listed()).isEmpty();
  }

  @Test
  void the_file_of_a_worker_that_has_ended_is_removed() throws IOException {
    Process worker = sleeper();
    files.add(worker.toHandle(), "cpu:0,cpu:1", Optional.empty());
    files.remove(worker.pid());
    files.remove(worker.pid());
    assertThat(listed()).isEmpty();
  }

  @Test
  void who_computes_for_which_run_is_told_as_long_as_it_runs() throws Exception {
    Process worker = sleeper();
    files.add(worker.toHandle(), "cpu:0", Optional.empty());
    assertThat(WorkerFiles.computing(lock.home())).as("a spare").isEmpty();
    files.add(worker.toHandle(), "cpu:0", Optional.of(new RunId("r1")));
    assertThat(WorkerFiles.computing(lock.home())).isEqualTo(Map.of(new RunId("r1"), worker.pid()));
    assertThat(listed()).as("written in place").containsExactly(Long.toString(worker.pid()));
    worker.destroyForcibly().waitFor();
    assertThat(WorkerFiles.computing(lock.home())).isEmpty();
  }

  @Test
  void a_file_that_an_earlier_version_wrote_without_a_run_names_its_process_still()
      throws IOException {
    Process left = sleeper();
    String whole = WorkerFile.of(left.toHandle(), Optional.empty(), "cpu:0").format();
    write(left.pid(), whole.replace("run=\n", ""));
    assertThat(files.endLeftovers()).containsExactly(left.pid());
  }

  private Process sleeper() throws IOException {
    Process process = new ProcessBuilder("sleep", "600").start();
    started.add(process);
    return process;
  }

  private void write(long pid, String content) throws IOException {
    Path folder = Files.createDirectories(lock.home().workers());
    Files.writeString(folder.resolve(Long.toString(pid)), content);
  }

  private List<String> listed() throws IOException {
    try (Stream<Path> entries = Files.list(lock.home().workers())) {
      return entries.map(each -> each.getFileName().toString()).toList();
    }
  }
}
