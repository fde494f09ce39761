package io.saltus.bench.scale;

import io.saltus.bench.ground.Resident;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JVM of its own with 1 GiB of heap that prints what it measures, a {@code what=value} a line.
 */
public final class ChildProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader lines;
  private final Map<String, Double> said = new LinkedHashMap<>();

  private ChildProcess(Process process) {
    this.process = process;
    this.lines = process.inputReader();
  }

  /** Starts a main class of this class path. */
  public static ChildProcess start(Class<?> main, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return new ChildProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /**
   * Reads until a word stands alone on a line, or something of that name was said.
   *
   * @throws IllegalStateException when the process ends before
   */
  public void await(String word) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        said.put(line.substring(0, equals), Double.valueOf(line.substring(equals + 1)));
      }
      if (line.equals(word) || line.startsWith(word + "=")) {
        return;
      }
    }
    throw new IllegalStateException("the process ended before it said '" + word + "'");
  }

  /** Writes it a line. */
  public void tell(String line) throws IOException {
    Writer out = process.outputWriter();
    out.write(line + "\n");
    out.flush();
  }

  /** What it said, in order. */
  Map<String, Double> said() {
    return said;
  }

  /** One of these; what it said last. */
  public double said(String what) {
    Double value = said.get(what);
    if (value == null) {
      throw new IllegalStateException("nothing was said of " + what);
    }
    return value;
  }

  /** Of a process that is there. */
  double highestResidentMebibytes() throws IOException {
    return Resident.bytes(process.pid(), "VmHWM:") / (double) (1 << 20);
  }

  /** By a signal that cannot be caught. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
