package io.saltus.actors.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.session.SessionLostException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Children that come to nothing. */
@Timeout(60)
class StartFailureTest {

  @Test
  void without_java_it_says_what_is_missing() throws IOException {
    assertThat(lost(List.of("/nowhere/bin/java", "Main")))
        .satisfies(e -> assertThat(e.end()).isEqualTo(AttemptEnd.EXCEPTION))
        .hasMessageContaining("before its first answer")
        .hasMessageContaining("status 127")
        .hasMessageContaining("failed to execute java")
        .hasMessageContaining("Look whether Java is still where it was")
        .message()
        .doesNotContain("/nowhere");
  }

  @Test
  void without_memory_for_its_heap_it_is_short_of_memory_and_can_be_tried_again()
      throws IOException {
    assertThat(lost(java("-Xms99999g", "-Xmx99999g", "-XX:+AlwaysPreTouch")))
        .satisfies(e -> assertThat(e.end()).isEqualTo(AttemptEnd.OUT_OF_MEMORY))
        .hasMessageContaining("It said last")
        .hasMessageContaining("Free some memory");
  }

  @Test
  void an_option_that_java_does_not_know_is_quoted() throws IOException {
    assertThat(lost(java("-XX:+NoSuchOption")))
        .satisfies(e -> assertThat(e.end()).isEqualTo(AttemptEnd.EXCEPTION))
        .hasMessageContaining("status 1")
        .hasMessageContaining("NoSuchOption")
        .hasMessageContaining("SALTUS_JAVA_OPTS");
  }

  @Test
  void a_worker_that_is_killed_while_it_starts_was_killed_by_nobody_knows_whom()
      throws IOException {
    assertThat(lost(List.of("sh", "-c", "echo starting >&2; kill -9 $$")))
        .satisfies(e -> assertThat(e.end()).isEqualTo(AttemptEnd.KILLED))
        .hasMessage(
            "before its first answer the worker was killed: cause unknown. It said last: starting");
  }

  @Test
  void a_system_that_begins_no_process_for_want_of_memory_is_short_of_memory() {
    SessionException refused =
        StartFailure.of(
            new IOException("Cannot run program \"/bin/sh\": error=12, Cannot allocate memory"));
    assertThat(refused)
        .isInstanceOf(SessionLostException.class)
        .hasMessageContaining("\"sh\": error=12, Cannot allocate memory");
    assertThat(((SessionLostException) refused).end()).isEqualTo(AttemptEnd.OUT_OF_MEMORY);
  }

  @Test
  void of_many_long_lines_the_last_three_are_quoted_in_part() {
    String errors = "one\ntwo\n" + "x".repeat(1_000) + "\n/home/somebody/lib/libx.so: four\n\n";
    WorkerEnd end = StartFailure.of(WorkerEnd.of(1, errors, 0), 1, errors);
    assertThat(end.message())
        .contains("two | " + "x".repeat(200) + " | libx.so: four")
        .doesNotContain("one", "somebody", "x".repeat(201));
  }

  private static List<String> java(String... options) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of(options));
    command.add("-version");
    return command;
  }

  private static SessionLostException lost(List<String> command) throws IOException {
    try (WorkerProcess worker =
        WorkerProcess.start(
            command, WorkerLimits.DEFAULT, System::nanoTime, new OutOfMemoryKills(List.of()))) {
      return catchThrowableOfType(
          SessionLostException.class, () -> worker.await(Duration.ofSeconds(30).toNanos()));
    }
  }
}
