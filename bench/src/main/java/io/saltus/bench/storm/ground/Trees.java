package io.saltus.bench.storm.ground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories with all that is in them. */
public final class Trees {

  private Trees() {}

  /** Deletes one, if it is there. */
  public static void delete(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    for (Path each : list(root, Comparator.reverseOrder())) {
      Files.deleteIfExists(each);
    }
  }

  /** Copies one, sockets left out. */
  public static void copy(Path from, Path to) throws IOException {
    for (Path each : list(from, Comparator.naturalOrder())) {
      Path target = to.resolve(from.relativize(each).toString());
      if (Files.isDirectory(each)) {
        Files.createDirectories(target);
      } else if (Files.isRegularFile(each)) {
        Files.copy(each, target);
      }
    }
  }

  /** How many bytes its files have. */
  public static long bytes(Path root) throws IOException {
    long sum = 0;
    for (Path each : list(root, Comparator.naturalOrder())) {
      sum += Files.isRegularFile(each) ? Files.size(each) : 0;
    }
    return sum;
  }

  private static List<Path> list(Path root, Comparator<Path> order) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.sorted(order).toList();
    }
  }
}
