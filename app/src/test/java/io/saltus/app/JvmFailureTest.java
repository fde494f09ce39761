package io.saltus.app;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real JVM with the launcher's own options, and too little memory, or a crash. */
class JvmFailureTest {

  private static final Path SCRIPT = Path.of("").toAbsolutePath().getParent().resolve("saltus");

  @TempDir Path temp;
  private @Nullable Process process;

  /** Fills the heap. */
  static final class Hungry {
    public static void main(String[] arguments) {
      List<byte[]> held = new ArrayList<>();
      while (held.size() < 4096) {
        held.add(new byte[1 << 20]);
      }
    }
  }

  /** Waits for what will not come. */
  static final class Idle {
    public static void main(String[] arguments) throws InterruptedException {
      System.err.println("idle");
      new CountDownLatch(1).await();
    }
  }

  @AfterEach
  void end() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void out_of_memory_fails_and_does_not_say_that_a_run_diverged() throws Exception {
    start(Hungry.class);

    assertThat(process.waitFor(60, SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(temp.resolve("err")).content().contains("OutOfMemoryError");
    assertOnlyTheReportIsOnStandardOutput();
  }

  @Test
  void a_crash_leaves_its_report_in_the_temporary_directory_and_not_where_the_user_is()
      throws Exception {
    start(Idle.class);
    await().atMost(60, SECONDS).until(() -> Files.readString(temp.resolve("err")).contains("idle"));
    new ProcessBuilder("kill", "-SEGV", Long.toString(process.pid())).start().waitFor();

    assertThat(process.waitFor(60, SECONDS)).isTrue();
    assertThat(process.exitValue()).isNotZero();
    assertOnlyTheReportIsOnStandardOutput();
    assertThat(temp.resolve("saltus-crash-" + process.pid() + ".log")).isNotEmptyFile();
    try (Stream<Path> left = Files.list(directory())) {
      assertThat(left).isEmpty();
    }
  }

  /** The JVM has no option that sends the summary of its crash report elsewhere. */
  private void assertOnlyTheReportIsOnStandardOutput() throws IOException {
    assertThat(Files.readAllLines(temp.resolve("out")))
        .allMatch(line -> line.isEmpty() || line.startsWith("#"));
  }

  private Path directory() throws IOException {
    return Files.createDirectories(temp.resolve("working"));
  }

  private void start(Class<?> main) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags());
    command.addAll(
        List.of(
            "-Xmx64m",
            "-cp",
            Path.of(main.getProtectionDomain().getCodeSource().getLocation().toURI()).toString(),
            main.getName()));
    process =
        new ProcessBuilder(command)
            .directory(directory().toFile())
            .redirectOutput(temp.resolve("out").toFile())
            .redirectError(temp.resolve("err").toFile())
            .start();
  }

  /** Those of the launcher, its temporary directory being that of this test. */
  private List<String> flags() throws IOException {
    String script = Files.readString(SCRIPT);
    String list = script.substring(script.indexOf("\nflags=(\n"));
    List<String> flags =
        list.substring(0, list.indexOf("\n)"))
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("-") || line.startsWith("\"-"))
            .map(line -> line.replace("\"", "").replace("${TMPDIR:-/tmp}", temp.toString()))
            .toList();
    assertThat(flags).contains("-XX:-CreateCoredumpOnCrash").hasSizeGreaterThan(5);
    return flags;
  }
}
