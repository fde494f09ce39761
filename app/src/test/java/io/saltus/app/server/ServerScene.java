package io.saltus.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.saltus.actors.RunListener;
import io.saltus.app.Guests;
import io.saltus.app.RunOrder;
import io.saltus.app.RunPlan;
import io.saltus.app.Saltus;
import io.saltus.app.Tools;
import io.saltus.app.control.StudyOrderMessage;
import io.saltus.app.server.http.JsonBody;
import io.saltus.app.server.http.Request;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.Isolation;
import io.saltus.experiment.spec.SpecReader;
import io.saltus.experiment.spec.SpecReading;
import io.saltus.persistence.home.Home;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import io.saltus.testkit.SpecDraft;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;

/** A home with scripted runs, held by this process, and a server on it. */
final class ServerScene implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Path directory;
  private final List<Program> programs;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Saltus saltus;
  private final Server server;

  ServerScene(Path directory, Script script) {
    this(directory, script, ServerSettings.of("127.0.0.1", 0, List.of(), Optional.empty()));
  }

  private ServerScene(Path directory, Script script, ServerSettings settings) {
    this.directory = directory;
    List<Program> all = new ArrayList<>();
    all.add(new ScriptedProgram(script));
    programs = List.copyOf(all);
    saltus =
        Saltus.open(
            directory,
            new Tools(
                programs, List.of(), Clock.systemUTC(), System::nanoTime, new Random(7), "test"));
    saltus.guests().welcome(new SilentHost());
    server =
        Server.open(
            settings, Home.at(directory), saltus, programs, Clock.systemUTC(), new Random(8));
  }

  static ServerScene open(Path directory) {
    return new ServerScene(directory, Script.learning());
  }

  /** One that knows the tokens of a file only. */
  static ServerScene guarded(Path directory, Path tokens) {
    return new ServerScene(
        directory,
        Script.learning(),
        ServerSettings.of("127.0.0.1", 0, List.of(), Optional.of(tokens)));
  }

  /** One whose answers may have so many values of series. */
  static ServerScene narrow(Path directory, long mostValues) {
    return new ServerScene(
        directory,
        Script.learning(),
        ServerSettings.of("127.0.0.1", 0, List.of(), Optional.empty()).withMostValues(mostValues));
  }

  Saltus saltus() {
    return saltus;
  }

  Guests guests() {
    return saltus.guests();
  }

  String url() {
    return server.url();
  }

  int port() {
    return URI.create(server.url()).getPort();
  }

  Path token() {
    return directory.resolve("control/token");
  }

  String secret() {
    return server.secretUrl().replaceFirst(".*#token=", "");
  }

  void takeNoMore() {
    server.takeNoMore();
  }

  /** A spec of so many steps for runs in threads of this process. */
  static ExperimentSpec spec(long steps) {
    return SpecDraft.of(ScriptedProgram.spec(steps))
        .isolation(Isolation.THREAD)
        .checkpointEvery(50)
        .spec();
  }

  /** Begins a run. */
  io.saltus.actors.RunHandle start(String name, long steps) {
    return saltus.start(order(name, steps), RunListener.none());
  }

  RunOrder order(String name, long steps) {
    return order(name, spec(steps));
  }

  RunOrder order(String name, ExperimentSpec spec) {
    return new RunOrder(
        RunPlan.of(spec, programs),
        Optional.of(new RunId(name)),
        new TreeMap<>(Map.of("of", "test")),
        Optional.of("a <b>note</b>"),
        Optional.empty());
  }

  /** Does a run to its end. */
  void run(String name, long steps) {
    run(name, spec(steps));
  }

  /** Does a run of a spec to its end. */
  void run(String name, ExperimentSpec spec) {
    saltus.settle(saltus.start(order(name, spec), RunListener.none()));
  }

  /**
   * Begins a study of runs of 120 steps in threads of this process, of seeds 1 and 2.
   *
   * @param axes one line of HOCON
   * @param lines further ones
   */
  void study(String name, String axes, String... lines) throws IOException {
    Path file = Files.createTempFile("study", ".conf");
    Files.writeString(
        file,
        """
        experiment = scripted
        task { kind = scripted }
        model { kind = scripted }
        optimizer { kind = scripted }
        steps = 120
        isolation = thread
        evaluate { every = 10 }
        checkpoint { every = "50 steps", keep-last = 2 }
        """
            + "study { axes { "
            + axes
            + " }, seeds = [1, 2] }\n"
            + String.join("\n", lines)
            + "\n");
    SpecReading reading = SpecReader.withFiles(programs).read(file.toString(), List.of());
    Files.delete(file);
    assertThat(reading).isInstanceOf(SpecReading.Accepted.class);
    ExperimentSpec spec = ((SpecReading.Accepted) reading).spec();
    guests()
        .conduct(
            new StudyOrderMessage(
                true,
                new StudyId(name),
                Optional.of(spec),
                2,
                false,
                false,
                OptionalDouble.empty()));
  }

  /** Waits until the server knows that a run is so. */
  void awaitStatus(String run, String status) {
    await().atMost(PATIENCE).until(() -> json("/api/v1/runs/" + run).get("status").equals(status));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url().replaceFirst("/$", "") + path))
        .timeout(PATIENCE);
  }

  HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new AssertionError(request + " failed: " + e, e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  HttpResponse<byte[]> get(String path, String... headers) {
    HttpRequest.Builder request = request(path);
    return send((headers.length == 0 ? request : request.headers(headers)).build());
  }

  /** An object that must be there. */
  Map<String, Object> json(String path) {
    HttpResponse<byte[]> response = get(path);
    assertThat(response.statusCode()).as(path + ": " + text(response)).isEqualTo(200);
    return parse(response);
  }

  /** Has something changed, with the full token. */
  HttpResponse<byte[]> change(String method, String path, String body) {
    return send(
        request(path)
            .header("Authorization", "Bearer " + secret())
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  HttpResponse<byte[]> post(String path, String body) {
    return change("POST", path, body);
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  static Map<String, Object> parse(HttpResponse<byte[]> response) {
    return JsonBody.read(new Request.Bytes(response.body()));
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> objects(Object array) {
    return (List<Map<String, Object>>) array;
  }

  @Override
  public void close() {
    saltus.pauseAll("the end of the test");
    try {
      saltus.guests().finish();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.close();
    saltus.close();
  }
}
