package io.saltus.bench.eyes.ground;

import io.saltus.bench.ground.Resident;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code saltus serve} on a home: a process of the launcher as users start it, or, where {@code
 * saltus.launcher} names none, of this class path.
 */
public final class ServerProcess implements AutoCloseable {

  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final long POLL_MILLIS = 3;
  private static final Duration SLOWEST = Duration.ofMinutes(2);

  private final Path home;
  private final Process process;
  private final int port;
  private final long begin;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private ServerProcess(Path home, Process process, int port, long begin) {
    this.home = home;
    this.process = process;
    this.port = port;
    this.begin = begin;
  }

  /** Starts it on a free port; it need not answer yet. */
  public static ServerProcess start(Path home) throws IOException {
    int port = freePort();
    List<String> command = new ArrayList<>();
    String launcher = System.getProperty("saltus.launcher");
    if (launcher == null) {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
      command.add("io.saltus.app.cli.SaltusMain");
    } else {
      command.add(launcher);
    }
    command.addAll(List.of("serve", "--home", home.toString(), "--port", Integer.toString(port)));
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(err(home).toFile())
            .start();
    return new ServerProcess(home, process, port, begin);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /**
   * Waits until a path is answered with 200.
   *
   * @return seconds since the process was started
   */
  public double awaitAnswer(String path) throws IOException, InterruptedException {
    HttpRequest request = request(path).build();
    while (System.nanoTime() - begin < PATIENCE_NANOS) {
      if (!process.isAlive()) {
        throw new IllegalStateException("the server ended: " + said());
      }
      try {
        if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
          return (System.nanoTime() - begin) / 1e9;
        }
      } catch (IOException notYet) {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    }
    throw new IllegalStateException("the server does not answer: " + said());
  }

  private String said() throws IOException {
    return Files.readString(err(home));
  }

  private static Path err(Path home) {
    return Path.of(home + ".err");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(SLOWEST);
  }

  /** Asks for something; what it says. */
  public String get(String path) throws IOException, InterruptedException {
    return done(request(path).build());
  }

  /** Has something changed; what it says. */
  public String post(String path, String json) throws IOException, InterruptedException {
    return done(
        request(path)
            .header("Authorization", "Bearer " + token())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  private String done(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(
          request.uri() + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  private String token() throws IOException {
    return Files.readString(home.resolve("control").resolve("token")).strip();
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Where the dashboard is. */
  public String url() {
    return "http://127.0.0.1:" + port + "/";
  }

  /** Of its process. */
  public long pid() {
    return process.pid();
  }

  /** Memory that is resident now. */
  public double residentMebibytes() throws IOException {
    return Resident.bytes(process.pid(), "VmRSS:") / (double) (1 << 20);
  }

  /** Processor time that it took so far. */
  public double processorSeconds() {
    return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
  }

  /** Ends it as ctrl-C does; at once where it takes longer than that. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
