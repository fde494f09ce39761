package io.saltus.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Goes once through what users do, in a home of its own. The launcher lets the JVM archive the
 * classes that this loads, so that every later start finds them ready, and throws its output away.
 */
final class Rehearsal {

  /** An archive of less is better than a first use that hangs. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("--help"),
          List.of("specs"),
          List.of("run", "grokking", "--steps", "60", "--name", "rehearsal"),
          List.of("runs"),
          List.of("runs", "--format", "json"),
          List.of("show", "rehearsal"),
          List.of("show", "rehearsal", "--format", "json"),
          List.of("events", "rehearsal"),
          List.of("metrics", "rehearsal"),
          List.of("replay", "rehearsal"),
          List.of("journal", "check"),
          List.of("nonsense"));

  private Rehearsal() {}

  public static void main(String[] args) throws IOException {
    endAfter(LONGEST);
    Path folder = Files.createTempDirectory("saltus-rehearsal");
    try {
      Cli cli = new Cli(ProcessSurroundings.create());
      for (List<String> command : COMMANDS) {
        cli.run(
            Stream.concat(command.stream(), Stream.of("--home", folder + "/home"))
                .toArray(String[]::new));
      }
    } finally {
      delete(folder);
    }
    // What a command left running must not keep the first use waiting.
    System.exit(0);
  }

  private static void endAfter(Duration duration) {
    Thread watchdog =
        new Thread(
            () -> {
              try {
                Thread.sleep(duration.toMillis());
                System.exit(0);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "rehearsal-watchdog");
    watchdog.setDaemon(true);
    watchdog.start();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.deleteIfExists(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
