package io.saltus.persistence.home;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerErrorsTest {

  @TempDir Path directory;

  private WorkerErrors errors() {
    return WorkerErrors.of(Home.at(directory));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("logs"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void what_a_worker_said_is_kept_for_the_owner_alone_under_the_name_that_is_given()
      throws IOException {
    assertThat(errors().keep(new RunId("r1"), 47, "its last words\n"))
        .contains("logs/r1.47.stderr");
    Path file = directory.resolve("logs/r1.47.stderr");
    assertThat(file).hasContent("its last words");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void of_a_worker_that_said_nothing_there_is_no_file() {
    assertThat(errors().keep(new RunId("r1"), 47, "")).isEmpty();
    assertThat(directory.resolve("logs")).doesNotExist();
  }

  @Test
  void of_more_than_fits_the_end_is_kept() throws IOException {
    String said = "a".repeat(WorkerErrors.MAX_BYTES) + "the end";
    errors().keep(new RunId("r1"), 47, said);
    assertThat(Files.readString(directory.resolve("logs/r1.47.stderr")))
        .hasSize(WorkerErrors.MAX_BYTES)
        .endsWith("athe end");
  }

  @Test
  void the_oldest_of_a_run_are_given_up_and_those_of_others_are_not() throws IOException {
    errors().keep(new RunId("other"), 1, "x");
    for (int pid = 1; pid <= WorkerErrors.MOST + 2; pid++) {
      errors().keep(new RunId("r1"), pid, "x");
      // Ages that do not depend on how fine the clock of the disk is.
      Files.setLastModifiedTime(
          directory.resolve("logs/r1." + pid + ".stderr"), FileTime.fromMillis(1_000L * pid));
    }
    assertThat(names())
        .hasSize(WorkerErrors.MOST + 1)
        .contains("other.1.stderr", "r1." + (WorkerErrors.MOST + 2) + ".stderr")
        .doesNotContain("r1.1.stderr", "r1.2.stderr");
  }

  @Test
  void those_of_a_run_go_with_it_and_with_no_run_of_a_similar_name() throws IOException {
    for (String run : List.of("r", "r.1", "r.1.2", "r1")) {
      errors().keep(new RunId(run), 5, "x");
    }
    errors().delete(new RunId("r.1"));
    assertThat(names()).containsExactly("r.1.2.5.stderr", "r.5.stderr", "r1.5.stderr");
    WorkerErrors.of(Home.at(directory.resolve("none"))).delete(new RunId("r"));
  }

  @Test
  void links_are_not_followed() throws IOException {
    Path outside = Files.writeString(directory.resolve("outside"), "untouched");
    Files.createDirectories(directory.resolve("logs"));
    Files.createSymbolicLink(directory.resolve("logs/r1.47.stderr"), outside);
    assertThat(errors().keep(new RunId("r1"), 47, "x")).isPresent();
    assertThat(outside).hasContent("untouched");

    Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
    Path home = Files.createDirectories(directory.resolve("linked"));
    Files.createSymbolicLink(home.resolve("logs"), elsewhere);
    assertThat(WorkerErrors.of(Home.at(home)).keep(new RunId("r1"), 47, "x")).isEmpty();
    assertThat(elsewhere).isEmptyDirectory();
  }
}
