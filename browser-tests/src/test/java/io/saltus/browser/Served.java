package io.saltus.browser;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code saltus serve} in a process of its own, on a free port of this machine. */
final class Served implements AutoCloseable {

  private static final int SECONDS = 240;

  private final Path home;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private Process process;
  private int port;

  private Served(Path home, Process process, int port) {
    this.home = home;
    this.process = process;
    this.port = port;
  }

  /** Starts it on a home, and waits for its address. */
  static Served start(Path home) {
    Process process = launch(home, "serve", "--format", "json", "--port", "0");
    return new Served(home, process, portOf(home, process));
  }

  /** Runs a command to its end, in a process of its own; fails when it does. */
  static void command(Path home, String... arguments) {
    Process process = launch(home, arguments);
    try {
      if (!process.waitFor(4, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly().waitFor();
        throw new AssertionError(String.join(" ", arguments) + ": " + said(home));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Its address, without a token. */
  String address() {
    return "http://127.0.0.1:" + port + "/";
  }

  /** The token that allows everything. */
  String token() {
    try {
      return Files.readString(home.resolve("control").resolve("token")).trim();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it as a power cut does. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Starts it again, where it was. */
  void again() {
    process = launch(home, "serve", "--format", "json", "--port", Integer.toString(port));
    port = portOf(home, process);
  }

  /** Asks for something with the token and gives the answer's text; fails on a refusal. */
  String send(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address() + "api/v1/" + path))
            .header("Authorization", "Bearer " + token())
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      var answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new AssertionError(method + " " + path + ": " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What a run's page has under a key of its first level, as text. */
  String of(String run, String key) {
    return field(send("GET", "runs/" + run, ""), key);
  }

  /** Waits until a run has recorded a step. */
  void awaitStep(String run, long step) {
    await()
        .atMost(Duration.ofSeconds(SECONDS))
        .until(() -> Long.parseLong(of(run, "step")) >= step);
  }

  /** Waits until a run has a status. */
  void awaitStatus(String run, String status) {
    await().atMost(Duration.ofSeconds(SECONDS)).until(() -> of(run, "status").equals(status));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static Process launch(Path home, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add("io.saltus.app.cli.SaltusMain");
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SALTUS_HOME", home.toString());
    try {
      Files.createDirectories(home.getParent());
      Files.deleteIfExists(out(home));
      return builder.redirectOutput(out(home).toFile()).redirectError(err(home).toFile()).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int portOf(Path home, Process process) {
    await()
        .atMost(Duration.ofSeconds(SECONDS))
        .until(() -> !process.isAlive() || Files.readString(out(home)).endsWith("\n"));
    if (!process.isAlive()) {
      throw new AssertionError("the server ended: " + said(home));
    }
    try {
      return URI.create(field(Files.readString(out(home)), "address")).getPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a key of an object's first level. */
  private static String field(String json, String key) {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() != null && parser.currentName() != null) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals(key)) {
          return parser.getText();
        }
        parser.skipChildren();
      }
      throw new AssertionError("no " + key + " in " + json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path out(Path home) {
    return home.resolveSibling(home.getFileName() + ".out");
  }

  private static Path err(Path home) {
    return home.resolveSibling(home.getFileName() + ".err");
  }

  private static String said(Path home) {
    try {
      return Files.readString(err(home));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
