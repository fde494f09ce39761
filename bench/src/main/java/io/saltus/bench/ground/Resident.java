package io.saltus.bench.ground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The resident memory of a process, as Linux tells it. */
public final class Resident {

  private Resident() {}

  /**
   * Reads it.
   *
   * @param field {@code VmRSS:} for now, {@code VmHWM:} for the highest so far
   */
  public static long bytes(long pid, String field) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
      if (line.startsWith(field)) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    throw new IOException("process " + pid + " has no " + field);
  }
}
