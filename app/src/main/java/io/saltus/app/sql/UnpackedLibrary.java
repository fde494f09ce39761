package io.saltus.app.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The 70 MB that DuckDB unpacks to the temporary directory in every process. It would delete them
 * when the JVM shuts down, but this process ends without, so that each would leave them there. What
 * is loaded needs its file no more.
 */
final class UnpackedLibrary {

  private static final Path MAPPED = Path.of("/proc/self/maps");

  private UnpackedLibrary() {}

  /** Deletes it; where the system does not say where it lies, it stays. */
  static void delete() {
    try {
      // As the system names it: without links.
      Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp")).toRealPath();
      for (String line : Files.readAllLines(MAPPED)) {
        int path = line.indexOf('/');
        if (path >= 0) {
          delete(Path.of(line.substring(path)), temporary);
        }
      }
    } catch (IOException e) {
      // Nobody needs it, and nobody is disturbed by it.
    }
  }

  private static void delete(Path mapped, Path temporary) throws IOException {
    if (temporary.equals(mapped.getParent())
        && String.valueOf(mapped.getFileName()).matches("libduckdb_java[0-9]+[.]so")) {
      Files.deleteIfExists(mapped);
    }
  }
}
