package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.saltus.app.cli.Console.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A small file system in memory that one child process alone sees, at {@code disk} in a directory.
 * Needs Linux, and the right to mount in a namespace of its own; tests are skipped without.
 */
final class OwnDisk {

  private final Path directory;
  private final int values;

  /**
   * @param values how large the scripted state is
   */
  OwnDisk(Path directory, int values) {
    this.directory = directory;
    this.values = values;
  }

  /**
   * Runs commands on it.
   *
   * @param preparation of the disk, in the language of the shell; {@code $D} is the disk
   */
  List<Outcome> run(String preparation, String... commands) throws Exception {
    Path disk = Files.createDirectories(directory.resolve("disk"));
    assumeMountable(disk);
    List<String> command =
        inNamespace("D=$1; shift; set -e; " + preparation + "; exec \"$@\"", disk);
    command.addAll(ConsoleProcess.command(directory, values, List.of(commands)));
    Path errors = directory.resolve("errors");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    return ConsoleProcess.outcomes(printed);
  }

  private static void assumeMountable(Path disk) throws IOException, InterruptedException {
    Process probe =
        new ProcessBuilder(inNamespace("mount -t tmpfs tmpfs \"$1\"", disk))
            .redirectErrorStream(true)
            .start();
    String says = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assumeTrue(probe.waitFor() == 0, "no disk can be mounted here: " + says.strip());
  }

  private static List<String> inNamespace(String script, Path disk) {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/unshare")), "there is no unshare here");
    return new ArrayList<>(
        List.of(
            "/usr/bin/unshare",
            "--mount",
            "--map-root-user",
            "/bin/sh",
            "-c",
            script,
            "sh",
            disk.toString()));
  }
}
