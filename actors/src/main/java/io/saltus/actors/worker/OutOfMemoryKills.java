package io.saltus.actors.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How often the system's out-of-memory killer has struck in this process's control group, from the
 * {@code oom_kill} line that version 2 keeps in {@code memory.events} and version 1 in {@code
 * memory.oom_control}.
 *
 * @param counters files of which the first that says it counts
 */
record OutOfMemoryKills(List<Path> counters) {

  private static final String KEY = "oom_kill ";
  private static final String TWO = "memory.events";
  private static final String ONE = "memory.oom_control";

  OutOfMemoryKills {
    counters = List.copyOf(counters);
  }

  /** Those of this process's group, which its workers are in as well. */
  static OutOfMemoryKills ofThisGroup() {
    return of(Path.of("/proc/self/cgroup"), Path.of("/sys/fs/cgroup"));
  }

  /**
   * Those of a group, or of the nearest group above it that counts: not every group has a memory
   * controller, and in a container the path may be one of the machine outside.
   *
   * @param membership what {@code /proc/PID/cgroup} says of a process
   * @param mount where the control groups are mounted
   */
  static OutOfMemoryKills of(Path membership, Path mount) {
    Path one = mount.resolve("memory");
    List<Path> counters = new ArrayList<>();
    for (String line : lines(membership)) {
      // Number, controllers, path: version 2 is number 0 and names no controllers.
      String[] parts = line.split(":", 3);
      if (parts.length == 3 && parts[0].equals("0") && parts[1].isEmpty()) {
        counters.addAll(upwards(mount, parts[2], TWO));
      } else if (parts.length == 3 && List.of(parts[1].split(",", -1)).contains("memory")) {
        counters.addAll(upwards(one, parts[2], ONE));
      }
    }
    counters.add(mount.resolve(TWO));
    counters.add(one.resolve(ONE));
    return new OutOfMemoryKills(counters.stream().distinct().toList());
  }

  /** From a group up to the root of its mount, and no further, whatever its path says. */
  private static List<Path> upwards(Path mount, String group, String counter) {
    List<Path> counters = new ArrayList<>();
    Path here = mount.resolve(group.replaceFirst("^/+", "")).normalize();
    while (here != null && here.startsWith(mount)) {
      counters.add(here.resolve(counter));
      here = here.getParent();
    }
    return counters;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
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
