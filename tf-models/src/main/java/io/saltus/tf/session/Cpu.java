package io.saltus.tf.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The processor, as far as kernels depend on it: they are chosen by its instructions, and the
 * blocks they work in, and so the order of their sums, by the sizes of its caches.
 *
 * @param vendor such as {@code GenuineIntel}
 * @param model for people
 * @param instructions the extensions that vector kernels use, in order
 * @param caches sizes of the first core's caches, from the nearest on
 */
record Cpu(String vendor, String model, String instructions, String caches) {

  private static final List<String> EXTENSIONS =
      List.of("sse4_1", "sse4_2", "f16c", "fma", "avx", "avx2", "avx_vnni", "avx512", "amx");
  private static final Path INFO = Path.of("/proc/cpuinfo");
  private static final String CACHE = "/sys/devices/system/cpu/cpu0/cache/index";
  private static final int CACHES = 4;
  private static final String UNKNOWN = "unknown";

  static Cpu read() {
    List<String> lines = lines(INFO);
    Set<String> present = new TreeSet<>();
    Arrays.stream(field(lines, "flags").split(" "))
        .filter(flag -> EXTENSIONS.stream().anyMatch(flag::startsWith))
        .forEach(present::add);
    return new Cpu(
        field(lines, "vendor_id"),
        field(lines, "model name"),
        String.join(" ", present),
        cacheSizes());
  }

  private static String cacheSizes() {
    StringBuilder sizes = new StringBuilder();
    for (int i = 0; i < CACHES; i++) {
      List<String> size = lines(Path.of(CACHE + i, "size"));
      if (!size.isEmpty()) {
        sizes.append(sizes.isEmpty() ? "" : " ").append(size.get(0));
      }
    }
    return sizes.isEmpty() ? UNKNOWN : sizes.toString();
  }

  private static String field(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).trim())
        .findFirst()
        .orElse(UNKNOWN);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException notThere) {
      return List.of();
    }
  }
}
