package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.cli.Console.Outcome;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compacting and salvaging from the command line. */
class JournalCareTest {

  @TempDir Path directory;
  private Console console;

  @BeforeEach
  void run() throws IOException {
    Files.writeString(
        directory.resolve("scripted.conf"),
        """
        experiment = scripted
        task { kind = scripted }
        model { kind = scripted }
        optimizer { kind = scripted }
        steps = 40
        """);
    console = new Console(directory).variable("SALTUS_HOME", directory.resolve("home").toString());
    for (String name : new String[] {"r1", "r2"}) {
      Outcome outcome =
          console.run("run", directory.resolve("scripted.conf").toString(), "--name", name);
      assertThat(outcome.code()).as(outcome.err()).isZero();
    }
  }

  @Test
  void the_journal_can_be_compacted() {
    Outcome json = console.run("journal", "compact", "--format", "json");

    assertThat(json.code()).as(json.err()).isZero();
    assertThat(json.out())
        .matches(
            "\\{\"runs\":0,\"events\":0,\"snapshots\":[0-9]+,\"bytesBefore\":[0-9]+,\"bytesAfter\":[0-9]+}\n");
    assertThat(console.run("journal", "compact").out())
        .startsWith("0 payloads of 0 deleted runs emptied; ");
    assertThat(console.run("show", "r1").out()).startsWith("r1: completed at step 40");
    assertThat(console.run("--home", "missing", "journal", "compact").code()).isEqualTo(2);
    try (HomeLock lock = Home.at(directory.resolve("home")).lockForWriting("saltus run x")) {
      Outcome held = console.run("journal", "compact");
      assertThat(held.code()).isEqualTo(1);
      assertThat(held.err()).contains(lock.home().root().toString(), "saltus run x");
    }
  }

  @Test
  void a_home_without_its_current_file_is_salvaged_whole() throws IOException {
    String runs = console.run("runs", "--format", "json").out();
    Files.delete(directory.resolve("home").resolve("journal").resolve("CURRENT"));
    Path copy = directory.resolve("copy");

    assertThat(console.run("runs").code()).isEqualTo(1);
    Outcome salvaged = console.run("journal", "copy", "--to", copy.toString(), "--salvage");

    assertThat(salvaged.code()).as(salvaged.err()).isZero();
    assertThat(salvaged.out()).endsWith(copy + "; nothing was lost\n");
    assertThat(console.run("--home", copy.toString(), "runs", "--format", "json").out())
        .isEqualTo(runs);
    assertThat(console.run("--home", copy.toString(), "journal", "check").out())
        .startsWith("sound");
  }

  @Test
  void what_is_lost_is_named_and_the_exit_code_says_so() throws IOException {
    Path log;
    try (Stream<Path> files = Files.list(directory.resolve("home").resolve("journal"))) {
      log =
          files.filter(file -> file.toString().endsWith(".log")).sorted().reduce((a, b) -> b).get();
    }
    byte[] bytes = Files.readAllBytes(log);
    // The second run's last event, in the log of its own process.
    int at = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("RunCompleted");
    bytes[at] ^= 1;
    Files.write(log, bytes);
    Path copy = directory.resolve("copy");

    Outcome salvaged =
        console.run("journal", "copy", "--to", copy.toString(), "--salvage", "--format", "json");

    assertThat(salvaged.code()).as(salvaged.err()).isEqualTo(1);
    assertThat(salvaged.out())
        .contains("\"losses\":[{\"stream\":\"\",\"sequence\":0,\"message\":\"" + log.getFileName());
    assertThat(console.run("--home", copy.toString(), "show", "r1").out())
        .startsWith("r1: completed at step 40");
    assertThat(console.run("--home", copy.toString(), "journal", "check").code()).isZero();
    assertThat(console.run("--home", "missing", "journal", "copy", "--to", "x", "--salvage").code())
        .isEqualTo(2);
  }
}
