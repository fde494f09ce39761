package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.saltus.app.cli.Console.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sql} in a process of its own that is ended while it is at it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqlSignalTest {

  /** So many that filling the tables takes far longer than sending a signal. */
  private static final int ROWS = 300_000;

  private static final String ENDLESS =
      "SELECT count(*) FROM range(10000000000) a, range(1000000) b WHERE a.range = b.range * 3.5";

  private Path directory;
  private Path temporary;
  private Path classes;

  @BeforeAll
  void aLargeHome(@TempDir Path given) throws IOException {
    directory = given;
    StringBuilder log = new StringBuilder("step,a,b,c,d\n");
    for (int step = 0; step < ROWS; step++) {
      log.append(step).append(",1,2,3,4\n");
    }
    Files.writeString(directory.resolve("log.csv"), log);
    Outcome imported = new Console(directory).run("import", "--from", "csv", "log.csv");
    assertThat(imported.code()).as(imported.err()).isZero();
  }

  @BeforeEach
  void aTemporaryDirectory() throws IOException {
    temporary = Files.createTempDirectory(directory, "temporary");
    classes = temporary.resolveSibling(temporary.getFileName() + ".classes");
  }

  private SaltusProcess start(String query) throws IOException {
    return SaltusProcess.start(
        directory.resolve(".saltus"),
        Map.of(
            "JDK_JAVA_OPTIONS",
            "-Djava.io.tmpdir=" + temporary + " -Xlog:class+load:file=" + classes),
        "sql",
        query,
        "--format",
        "csv");
  }

  private static void awaitThat(Callable<Boolean> reached) {
    await().pollInterval(Duration.ofMillis(2)).atMost(Duration.ofMinutes(1)).until(reached);
  }

  private boolean isLoaded(String name) throws IOException {
    return Files.exists(classes) && Files.readString(classes).contains(name + " ");
  }

  private void assertEnded(SaltusProcess process) throws IOException, InterruptedException {
    Outcome outcome = process.end();
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(130);
    assertThat(temporary).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void while_the_tables_are_filled(String signal) throws Exception {
    assumeThat(SaltusProcess.hears(signal)).isTrue();
    SaltusProcess process = start(ENDLESS);
    // Rows are on their way into the first of the tables.
    awaitThat(() -> isLoaded("io.saltus.app.sql.Rows"));
    process.signal(signal);
    assertEnded(process);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void while_rows_come(String signal) throws Exception {
    assumeThat(SaltusProcess.hears(signal)).isTrue();
    SaltusProcess process = start("SELECT range FROM range(1000000000000)");
    awaitThat(process::hasPrinted);
    process.signal(signal);
    assertEnded(process);
  }
}
