package io.saltus.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What tests of scripted runs share. */
final class Scripted {

  private Scripted() {}

  /** Writes a spec of 200 steps, with further lines, and returns its file. */
  static String spec(Path directory, String... lines) throws IOException {
    Path file = directory.resolve("scripted.conf");
    Files.writeString(
        file,
        """
        experiment = scripted
        task { kind = scripted }
        model { kind = scripted }
        optimizer { kind = scripted }
        steps = 200
        evaluate { every = 10 }
        checkpoint { every = "50 steps", keep-last = 2 }
        """
            + String.join("\n", lines)
            + "\n");
    return file.toString();
  }

  /**
   * Writes a study of runs in threads of this process, which play a script that no worker knows:
   * seeds 1 and 2, with further lines, and returns its file.
   *
   * @param axes one a line
   */
  static String study(Path directory, String axes, String... lines) throws IOException {
    String plain = spec(directory, "isolation = thread");
    return Files.writeString(
            directory.resolve("study.conf"),
            Files.readString(Path.of(plain))
                + "study { axes {\n"
                + axes
                + "\n}, seeds = [1, 2] }\n"
                + String.join("\n", lines)
                + "\n")
        .toString();
  }

  /** The digest in a run's JSON. */
  static String digest(Console.Outcome outcome) {
    return outcome.out().replaceFirst("(?s).*\"digest\":\"([0-9a-f]{64})\".*", "$1");
  }

  /** Flips the last bit of every checkpoint file of a home. */
  static void damageCheckpoints(Path home) throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("checkpoints"))) {
      for (Path file : files.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
      }
    }
  }

  /** All files below a directory with their sizes. */
  static SortedMap<String, Long> files(Path directory) throws IOException {
    SortedMap<String, Long> found = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(directory)) {
      paths
          .filter(Files::isRegularFile)
          .forEach(path -> found.put(directory.relativize(path).toString(), size(path)));
    }
    return found;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
