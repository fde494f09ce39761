package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * The command line in a JVM of its own, on a terminal of 80 columns that only knows lines, with a
 * person who waits for an answer before typing on. Needs {@code script} of util-linux.
 */
final class TypedSaltus {

  private static final Duration LONG = Duration.ofMinutes(2);

  private final Process process;
  private final Path pid;
  private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
  private final Thread looking;
  private int looked;

  private TypedSaltus(Process process, Path pid) {
    this.process = process;
    this.pid = pid;
    this.looking = new Thread(this::look, "test-terminal");
    looking.setDaemon(true);
    looking.start();
  }

  static boolean isPossible() {
    return Files.isExecutable(Path.of("/usr/bin/script"));
  }

  /**
   * Starts it.
   *
   * @param temporary where it makes temporary files
   */
  static TypedSaltus start(Path home, Path temporary, String... arguments) throws IOException {
    Path pid = Files.createTempFile(home.getParent(), "typed", ".pid");
    Path commands = Files.createTempFile(home.getParent(), "typed", ".sh");
    String java =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Djava.io.tmpdir=" + temporary,
                    "-cp",
                    System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                    SaltusMain.class.getName()),
                Stream.of(arguments))
            .map(TypedSaltus::quoted)
            .collect(Collectors.joining(" "));
    Files.writeString(
        commands,
        "stty cols 80 rows 24\necho $$ > %s\nexec %s\n".formatted(quoted(pid.toString()), java));
    ProcessBuilder builder =
        new ProcessBuilder(
            "/usr/bin/script", "-qec", "exec sh " + quoted(commands.toString()), "/dev/null");
    builder.environment().put("SALTUS_HOME", home.toString());
    builder.environment().put("TERM", "dumb");
    builder.environment().put("SHELL", "/bin/sh");
    return new TypedSaltus(builder.redirectErrorStream(true).start(), pid);
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private void look() {
    byte[] some = new byte[4096];
    try (InputStream out = process.getInputStream()) {
      for (int count = out.read(some); count >= 0; count = out.read(some)) {
        synchronized (seen) {
          seen.write(some, 0, count);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything on the screen so far. */
  String screen() {
    synchronized (seen) {
      return seen.toString(StandardCharsets.UTF_8).replace("\r", "");
    }
  }

  /** Waits until a text appears beyond what was awaited before; what came, up to its end. */
  String await(String text) {
    int from = looked;
    Awaitility.await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(LONG)
        .untilAsserted(() -> assertThat(screen().substring(from)).contains(text));
    looked = screen().indexOf(text, from) + text.length();
    return screen().substring(from, looked);
  }

  /** Types, as if each sign were a key; {@code \u0003} is ctrl-C, {@code \u0004} ctrl-D. */
  void type(String text) throws IOException {
    process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Sends the JVM a signal, by name. */
  void signal(String name) throws IOException, InterruptedException {
    String id = Files.readString(pid).strip();
    new ProcessBuilder("kill", "-" + name, id).start().waitFor();
  }

  /** Waits for its end; the exit code. */
  int end() throws InterruptedException {
    assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).as(screen()).isTrue();
    looking.join();
    return process.exitValue();
  }

  /** Ends it, whatever it does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
