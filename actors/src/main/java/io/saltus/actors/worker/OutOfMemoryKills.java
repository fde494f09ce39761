package io.saltus.actors.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How often the system's out-of-memory killer has struck in this process's control group, from the
 * {@code oom_kill} line that version 2 keeps in {@code memory.events} and version 1 in {@code
 * memory.oom_control}.
 */
record OutOfMemoryKills(List<Path> counters) {

  private static final String KEY = "oom_kill ";

  OutOfMemoryKills {
    counters = List.copyOf(counters);
  }

  static OutOfMemoryKills ofThisGroup() {
    return new OutOfMemoryKills(
        List.of(
            Path.of("/sys/fs/cgroup/memory.events"),
            Path.of("/sys/fs/cgroup/memory/memory.oom_control")));
  }

  /** So many so far; 0 where nothing says it. */
  long count() {
    for (Path counter : counters) {
      try {
        for (String line : Files.readAllLines(counter, StandardCharsets.US_ASCII)) {
          if (line.startsWith(KEY)) {
            return Long.parseLong(line.substring(KEY.length()).trim());
          }
        }
      } catch (IOException | NumberFormatException e) {
        // Another version of control groups, or none: the next file may say it.
      }
    }
    return 0;
  }
}
