package io.saltus.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The machine a table was measured on: kind and versions, no names. */
public final class Machine {

  private Machine() {}

  /** Processor, system and JDK on one line. */
  public static String describe() {
    return "Machine: "
        + Runtime.getRuntime().availableProcessors()
        + " × "
        + processor()
        + "; "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.version").replaceAll("-.*", "")
        + "; JDK "
        + System.getProperty("java.version");
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException unknown) {
      return System.getProperty("os.arch");
    }
  }
}
