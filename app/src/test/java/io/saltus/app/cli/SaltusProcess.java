package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.saltus.app.cli.Console.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The command line in a JVM of its own, without what this process or its user has set for
 * TensorFlow.
 */
final class SaltusProcess {

  private static final int MINUTES = 3;

  private static final int SIGKILLED = 128 + 9;

  private final Path home;
  private final Process process;
  private final Path out;
  private final Path err;

  private SaltusProcess(Path home, Process process, Path out, Path err) {
    this.home = home;
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static SaltusProcess start(Path home, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // They are over before the optimising compiler would pay.
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(SaltusMain.class.getName());
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(home.getParent(), "child", ".out");
    Path err = Files.createTempFile(home.getParent(), "child", ".err");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.matches("(TF|ONEDNN|DNNL|OMP)_.*"));
    builder.environment().putAll(environment);
    builder.environment().put("SALTUS_HOME", home.toString());
    return new SaltusProcess(
        home, builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start(), out, err);
  }

  /** Runs a command to its end. */
  static Outcome run(Path home, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    return start(home, environment, arguments).end();
  }

  /**
   * Kills it with SIGKILL, which nothing can hear, once so many states lie in the home's files;
   * fails when it had come to its end before.
   */
  void killOnceSaved(int states) throws InterruptedException, IOException {
    Path checkpoints = home.resolve("checkpoints");
    killOnce(() -> files(checkpoints) >= states);
  }

  /** Kills it so once something is true; fails when it had come to its end before. */
  void killOnce(Callable<Boolean> reached) throws InterruptedException, IOException {
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofMinutes(MINUTES))
        .until(() -> !process.isAlive() || reached.call());
    process.destroyForcibly().waitFor();
    assertThat(process.exitValue()).as(Files.readString(err)).isEqualTo(SIGKILLED);
  }

  private static long files(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".safetensors")).count();
    }
  }

  /**
   * Whether a process that is started here would hear of a signal: what a shell put into the
   * background may have been told to ignore it, and so is whatever that starts.
   */
  static boolean hears(String signal) throws IOException {
    int number = Map.of("HUP", 1, "INT", 2, "TERM", 15).get(signal);
    Path status = Path.of("/proc/self/status");
    return !Files.exists(status)
        || Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
            .noneMatch(ignored -> (ignored & 1L << (number - 1)) != 0);
  }

  /** Sends it a signal, by name. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** Whether something of its result has been printed. */
  boolean hasPrinted() throws IOException {
    return Files.size(out) > 0;
  }

  Outcome end() throws IOException, InterruptedException {
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("no end: " + Files.readString(err));
    }
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
