package io.saltus.app;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real JVM with the launcher's own options, and too little memory. */
class OutOfMemoryTest {

  private static final Path SCRIPT = Path.of("").toAbsolutePath().getParent().resolve("saltus");

  @TempDir Path temp;

  /** Fills the heap. */
  static final class Hungry {
    public static void main(String[] arguments) {
      List<byte[]> held = new ArrayList<>();
      while (held.size() < 4096) {
        held.add(new byte[1 << 20]);
      }
    }
  }

  @Test
  void out_of_memory_fails_and_does_not_say_that_a_run_diverged() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String line : Files.readAllLines(SCRIPT)) {
      if (line.startsWith("  -XX:") && line.contains("OnOutOfMemory")) {
        command.add(line.strip());
      }
    }
    assertThat(command).hasSize(2);
    command.add("-XX:-CreateCoredumpOnCrash");
    assertThat(Files.readString(SCRIPT)).contains("\n  -XX:-CreateCoredumpOnCrash\n");
    command.addAll(
        List.of(
            "-Xmx64m",
            "-XX:ErrorFile=" + temp.resolve("crash.log"),
            "-cp",
            Path.of(Hungry.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString(),
            Hungry.class.getName()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(temp.resolve("out").toFile())
            .start();
    assertThat(process.waitFor(60, SECONDS)).isTrue();
    assertThat(Files.readString(temp.resolve("out"))).contains("OutOfMemoryError");
    assertThat(process.exitValue()).isEqualTo(1);
  }
}
