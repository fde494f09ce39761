package io.saltus.persistence.rocks;

import io.saltus.persistence.home.HomeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The logs of a journal before RocksDB opens it. RocksDB takes a record whose length was damaged
 * for one that a crash cut off, and silently drops it and all that follows in its block; on a
 * damaged type it never returns. So all logs are read by {@link LogFile} first: what is cut off at
 * the end of a log is accepted, everything else refused.
 */
final class Logs {

  private Logs() {}

  /**
   * Reads all logs.
   *
   * @throws HomeException when one is damaged
   */
  static void refuseDamaged(Path directory) {
    for (Path log : logs(directory)) {
      flaw(log)
          .ifPresent(
              flaw -> {
                throw Trouble.damaged(directory, log.getFileName() + ": " + flaw, null);
              });
    }
  }

  private static List<Path> logs(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      // RocksDB says better what is wrong with the directory.
      return List.of();
    }
  }

  private static Optional<String> flaw(Path log) {
    try {
      return LogFile.flaw(log);
    } catch (NoSuchFileException e) {
      // Its writer has made a table of it.
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("it cannot be read: " + e.getMessage());
    }
  }
}
