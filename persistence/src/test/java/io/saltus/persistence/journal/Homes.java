package io.saltus.persistence.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Homes for tests that JUnit's temporary directories do not reach. */
final class Homes {

  private Homes() {}

  static Path temporary() {
    try {
      return Files.createTempDirectory("saltus-home-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path home) {
    try (Stream<Path> files = Files.walk(home)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
