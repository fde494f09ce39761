package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.BuildFacts;
import io.saltus.app.cli.Console.Outcome;
import io.saltus.persistence.control.ControlResponse;
import io.saltus.persistence.control.ControlServer;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on a home that a process of another version holds. */
class OtherVersionTest {

  @TempDir Path directory;

  private final ExecutorService executor = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    executor.shutdownNow();
  }

  private Home home() {
    return Home.at(directory.resolve(".saltus"));
  }

  /** What a command says that a process which holds the home does not understand. */
  private Outcome asked(HomeLock lock) {
    try (lock;
        ControlServer server =
            ControlServer.open(
                lock,
                request ->
                    CompletableFuture.completedFuture(
                        ControlResponse.refused("{\"error\":\"what is that?\"}")),
                executor)) {
      assertThat(server).isNotNull();
      return new Console(directory).run("gc");
    }
  }

  @Test
  void both_versions_are_named_and_what_to_do() {
    Outcome outcome = asked(home().lockForWriting("saltus study x", Optional.of("0.0.1")));

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .startsWith(
            "saltus: the home is held by another version of Saltus, and nothing was done: process ")
        .contains(
            "(saltus study x) is Saltus 0.0.1, this is Saltus " + BuildFacts.read().version() + ".",
            "end that process first");
  }

  @Test
  void one_that_does_not_say_its_version_is_older() {
    Outcome outcome = asked(home().lockForWriting("saltus study x"));

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains(
            "(saltus study x) is an older version, which does not say which, this is Saltus "
                + BuildFacts.read().version());
  }

  @Test
  void what_a_process_of_the_same_version_refuses_it_says_itself() {
    Outcome outcome =
        asked(home().lockForWriting("saltus study x", Optional.of(BuildFacts.read().version())));

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .startsWith("saltus: the process that holds the home refused: what is that?");
  }
}
