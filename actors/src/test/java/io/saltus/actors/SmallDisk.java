package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A disk of 24 MiB that is really one, in a mount of its own. */
final class SmallDisk {

  private static final String MOUNT = "mount -t tmpfs -o size=24m none \"$0\"";

  private SmallDisk() {}

  /** Whether this user may mount one. */
  static boolean mounts(Path disk) throws InterruptedException {
    try {
      return new ProcessBuilder("unshare", "-m", "sh", "-c", MOUNT, disk.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Runs a program's main with the disk's place, in a process that alone sees it; what it prints.
   */
  static List<String> play(Class<?> program, Path disk) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("unshare", "-m", "sh", "-c", MOUNT + " && exec \"$@\"", disk.toString()));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            program.getName(),
            disk.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said.lines().toList();
  }
}
