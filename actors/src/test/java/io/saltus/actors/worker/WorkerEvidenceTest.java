package io.saltus.actors.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.experiment.event.AttemptEnd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerEvidenceTest {

  @ParameterizedTest
  @CsvSource({
    "3, '', 0, HEAP_EXHAUSTED",
    "134, '', 0, NATIVE_ABORT",
    "139, '', 0, NATIVE_ABORT",
    "135, '', 0, NATIVE_ABORT",
    "1, '# A fatal error has been detected by the Java Runtime Environment:', 0, NATIVE_ABORT",
    "1, 'Exception in thread main', 0, EXCEPTION",
    "137, '', 0, KILLED",
    "137, '', 1, OUT_OF_MEMORY",
    "143, '', 1, KILLED",
    "0, '', 0, EXCEPTION"
  })
  void how_a_worker_ended_says_why(int status, String errors, long kills, AttemptEnd cause) {
    assertThat(WorkerEnd.of(status, errors, kills).cause()).isEqualTo(cause);
  }

  @Test
  void the_first_chunk_has_the_patience_of_opening_later_ones_follow_the_median() {
    WorkerLimits limits =
        new WorkerLimits(
            Duration.ofMinutes(10),
            Duration.ofSeconds(30),
            20,
            Duration.ofMillis(250),
            Duration.ofSeconds(5));
    ChunkPatience patience = new ChunkPatience(limits);
    assertThat(patience.nanos()).isEqualTo(Duration.ofMinutes(10).toNanos());
    patience.took(Duration.ofMillis(100).toNanos());
    assertThat(patience.nanos()).isEqualTo(Duration.ofSeconds(30).toNanos());
    patience.took(Duration.ofSeconds(3).toNanos());
    patience.took(Duration.ofSeconds(90).toNanos());
    assertThat(patience.nanos()).isEqualTo(Duration.ofSeconds(60).toNanos());
  }

  @Test
  void a_limit_that_is_not_positive_is_refused() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new WorkerLimits(second, second, 0, second, second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WorkerLimits(Duration.ZERO, second, 1, second, second))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_last_64_kB_of_standard_error_are_kept_in_order() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int line = 0; text.length() < 3 * ErrorTail.MAX_BYTES; line++) {
      text.append(line).append('\n');
    }
    ErrorTail tail = new ErrorTail();
    tail.drain(new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.US_ASCII)));
    assertThat(tail.text()).isEqualTo(text.substring(text.length() - ErrorTail.MAX_BYTES));
  }

  @Test
  void kills_are_read_from_either_version_of_control_groups(@TempDir Path folder)
      throws IOException {
    Path two = Files.writeString(folder.resolve("memory.events"), "low 0\noom 5\noom_kill 4\n");
    Path one = Files.writeString(folder.resolve("memory.oom_control"), "under_oom 0\noom_kill 2\n");
    Path none = folder.resolve("none");
    assertThat(new OutOfMemoryKills(List.of(two, none)).count()).isEqualTo(4);
    assertThat(new OutOfMemoryKills(List.of(none, one)).count()).isEqualTo(2);
    assertThat(new OutOfMemoryKills(List.of(none)).count()).isZero();
  }

  @Test
  void kills_are_those_of_the_group_that_the_process_is_in(@TempDir Path folder)
      throws IOException {
    Path mount = groups(folder, "memory.events", "");
    Path two = Files.writeString(folder.resolve("two"), "0::/user.slice/run.scope\n");
    assertThat(OutOfMemoryKills.of(two, mount).count()).isEqualTo(3);
    // A group without a memory controller: the nearest above it counts.
    Path below = Files.writeString(folder.resolve("below"), "0::/user.slice/run.scope/a/b\n");
    assertThat(OutOfMemoryKills.of(below, mount).count()).isEqualTo(3);

    Path old = groups(folder.resolve("old"), "memory.oom_control", "memory");
    Path one =
        Files.writeString(
            folder.resolve("one"),
            "12:cpu,cpuacct:/other\n7:hugetlb,memory:/user.slice/run.scope\n1:name=systemd:/x\n");
    assertThat(OutOfMemoryKills.of(one, old).count()).isEqualTo(3);
  }

  @Test
  void where_the_group_is_not_to_be_found_the_root_counts(@TempDir Path folder) throws IOException {
    Path mount = groups(folder, "memory.events", "");
    for (String said : List.of("", "nonsense", "0::/docker/gone", "0::/../../elsewhere", "0::/")) {
      Path membership = Files.writeString(folder.resolve("cgroup"), said + "\n");
      assertThat(OutOfMemoryKills.of(membership, mount).count()).as(said).isEqualTo(1);
    }
    assertThat(OutOfMemoryKills.of(folder.resolve("none"), mount).count()).isEqualTo(1);
    assertThat(OutOfMemoryKills.of(folder.resolve("none"), folder.resolve("none")).count())
        .isZero();
  }

  /** A mount whose root counts 1, a group below it 2, and one below that 3. */
  private static Path groups(Path folder, String counter, String hierarchy) throws IOException {
    Path mount = folder.resolve("mount");
    Path root = mount.resolve(hierarchy);
    Path inner = Files.createDirectories(root.resolve("user.slice/run.scope"));
    Files.writeString(root.resolve(counter), "oom 9\noom_kill 1\n");
    Files.writeString(root.resolve("user.slice").resolve(counter), "oom 9\noom_kill 2\n");
    Files.writeString(inner.resolve(counter), "oom 9\noom_kill 3\n");
    return mount;
  }
}
