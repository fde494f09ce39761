package io.saltus.bench.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What a child JVM has measured: lines of a word and a number. Its options are those of the
 * launcher, without the archive of classes.
 */
final class Said {

  static final String RATE = "steps-per-second";
  static final String WAIT = "seconds-from-lease-to-step-1";
  static final String MEMORY = "highest-resident-bytes";

  private final List<String> lines;

  private Said(List<String> lines) {
    this.lines = lines;
  }

  /** A child under way. */
  static Process start(Class<?> main, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xms64m",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Waits for the end of a child. */
  static Said by(Process child) throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = child.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    }
    if (child.waitFor() != 0) {
      throw new IllegalStateException("a child failed with exit " + child.exitValue());
    }
    return new Said(lines);
  }

  static void say(String what, double value) {
    System.out.println(what + " " + value);
  }

  /** All values of a word, in order; at least one. */
  double[] all(String what) {
    double[] values =
        lines.stream()
            .filter(line -> line.startsWith(what + " "))
            .mapToDouble(line -> Double.parseDouble(line.substring(what.length() + 1)))
            .toArray();
    if (values.length == 0) {
      throw new IllegalStateException("a child did not say its " + what);
    }
    return values;
  }

  double sum(String what) {
    return DoubleStream.of(all(what)).sum();
  }
}
