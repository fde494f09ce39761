package io.saltus.tf.session;

import io.saltus.tf.device.GpuEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The numeric fields of a fingerprint that a GPU adds: its kind and driver, as the process was told
 * with its lease, and the versions of CUDA and cuDNN, as their libraries are loaded. What makes it
 * deterministic stands among the variables.
 */
final class GpuFingerprint {

  private static final Path MAPS = Path.of("/proc/self/maps");

  /** Fields by the library whose version they hold. */
  private static final Map<String, String> LIBRARIES =
      new TreeMap<>(
          Map.of("libcudart", "gpu.cuda", "libcudnn", "gpu.cudnn", "libcublas", "gpu.cublas"));

  private GpuFingerprint() {}

  /** Of this process, once its first session has loaded the libraries. */
  static SortedMap<String, String> ofProcess(SortedMap<String, String> variables) {
    if (GpuEnvironment.leased(variables).isEmpty()) {
      return new TreeMap<>();
    }
    try {
      return of(variables, Files.readString(MAPS));
    } catch (IOException unreadable) {
      return of(variables, "");
    }
  }

  /**
   * Those of a process; none of one that has no GPU.
   *
   * @param variables of the process
   * @param maps the files that it has in memory, as the system lists them
   */
  static SortedMap<String, String> of(SortedMap<String, String> variables, String maps) {
    SortedMap<String, String> fields = new TreeMap<>();
    if (GpuEnvironment.leased(variables).isEmpty()) {
      return fields;
    }
    fields.put("gpu.kind", variables.getOrDefault(GpuEnvironment.KIND, "unknown"));
    fields.put("gpu.driver", variables.getOrDefault(GpuEnvironment.DRIVER, "unknown"));
    LIBRARIES.forEach((library, field) -> fields.put(field, version(library, maps).orElse("none")));
    return fields;
  }

  /** {@code /usr/lib/libcudart.so.12.4.127} is 12.4.127. */
  private static Optional<String> version(String library, String maps) {
    Matcher matcher =
        Pattern.compile("/" + library + "\\.so\\.([0-9.]+)\\s*$", Pattern.MULTILINE).matcher(maps);
    String versions =
        matcher
            .results()
            .map(found -> found.group(1))
            .distinct()
            .sorted()
            .collect(Collectors.joining(","));
    return versions.isEmpty() ? Optional.empty() : Optional.of(versions);
  }
}
