package io.saltus.app.server;

import static io.saltus.app.server.ServerScene.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.saltus.app.server.http.JsonBody;
import io.saltus.app.server.http.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong input to every parameter and every body of every route: refused in words, never a 5xx. */
@Timeout(300)
class FuzzTest {

  private static final List<String> NASTY =
      List.of(
          "",
          "-1",
          "0",
          "1",
          "9223372036854775807",
          "9223372036854775808",
          "1e3",
          "0x10",
          "NaN",
          "null",
          "true",
          "a",
          "%00",
          "%ff",
          "%",
          "%c0%ae",
          "..%2f..%2fetc%2fpasswd",
          "+",
          "%20",
          "é",
          "'",
          "\"",
          "<script>",
          "${HOME}",
          "a".repeat(3_000),
          "train.loss",
          "validation",
          "status:",
          "AND",
          "((((",
          "*",
          "-",
          "٣",
          "1&from=2",
          "@last",
          "asc;desc");

  @TempDir static Path directory;
  private static ServerScene scene;

  @BeforeAll
  static void begin() throws IOException {
    scene = ServerScene.open(directory);
    scene.run("fuzzed", 60);
    scene.awaitStatus("fuzzed", "completed");
    scene.study("s", "batch-size = [16, 32]");
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> scene.json("/api/v1/studies/s").get("status").equals("completed"));
  }

  @AfterAll
  static void end() {
    scene.close();
  }

  private static void check(String what, HttpResponse<byte[]> response) {
    String body = text(response);
    assertThat(response.statusCode()).as(what + ": " + body).isLessThan(500);
    if (response.statusCode() >= 400) {
      assertThat(body).as(what).doesNotContain("\tat ", "io.saltus.", "java.lang", "Exception");
      assertThat(response.headers().firstValue("Content-Type"))
          .as(what)
          .contains("application/problem+json");
      Map<String, Object> problem = JsonBody.read(new Request.Bytes(response.body()));
      assertThat(problem).as(what).containsKeys("type", "title", "status", "detail");
    }
  }

  private static String encoded(String value) {
    return value.contains("%") || value.contains("&")
        ? value
        : URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private record Described(
      String path, String method, List<String> parameters, List<String> keys) {}

  @SuppressWarnings("unchecked")
  private static List<Described> routes() {
    Map<String, Object> paths =
        (Map<String, Object>) scene.json("/api/v1/openapi.json").get("paths");
    List<Described> routes = new ArrayList<>();
    paths.forEach(
        (path, item) ->
            ((Map<String, Object>) item)
                .forEach(
                    (method, operation) ->
                        routes.add(described(path, method, (Map<String, Object>) operation))));
    return routes;
  }

  @SuppressWarnings("unchecked")
  private static Described described(String path, String method, Map<String, Object> operation) {
    List<String> names = new ArrayList<>();
    ServerScene.objects(operation.get("parameters"))
        .forEach(
            parameter -> {
              if (parameter.get("in").equals("query")) {
                names.add((String) parameter.get("name"));
              }
            });
    List<String> keys = new ArrayList<>();
    if (operation.get("requestBody") instanceof Map<?, ?> body) {
      Map<String, Object> content = (Map<String, Object>) body.get("content");
      Map<String, Object> json = (Map<String, Object>) content.get("application/json");
      Map<String, Object> schema = (Map<String, Object>) json.get("schema");
      keys.addAll(((Map<String, Object>) schema.get("properties")).keySet());
    }
    return new Described(path, method.toUpperCase(java.util.Locale.ROOT), names, keys);
  }

  private static String filled(String path) {
    return path.replace("{run}", "fuzzed").replace("{study}", "s").replace("{spec}", "grokking");
  }

  @Test
  void every_parameter_of_every_route_takes_every_wrong_value() {
    int tried = 0;
    for (Described route : routes()) {
      if (!route.method().equals("GET") || route.path().endsWith("/stream")) {
        continue;
      }
      List<String> names = new ArrayList<>(route.parameters());
      names.add("unknown");
      for (String name : names) {
        for (String value : NASTY) {
          String path = filled(route.path()) + "?" + name + "=" + encoded(value);
          ask("GET", path);
          tried++;
        }
      }
    }
    assertThat(tried).isGreaterThan(700);
  }

  @Test
  void the_names_in_every_path_take_every_wrong_value() {
    for (Described route : routes()) {
      if (!route.path().contains("{")) {
        continue;
      }
      for (String value : NASTY) {
        String path = route.path().replaceAll("\\{[a-z]+}", encoded(value).replace("$", "%24"));
        ask(route.method(), path);
      }
    }
  }

  /** Asks for a path exactly as it stands, which no client library does. */
  private static void ask(String method, String path) {
    String answer;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), scene.port())) {
      socket.setSoTimeout(20_000);
      String request =
          "%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
              .formatted(method, path, scene.secret());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(method + " " + path + ": " + e, e);
    }
    assertThat(answer).as(method + " " + path).matches("(?s)HTTP/1\\.1 [234]\\d\\d .*");
    if (answer.startsWith("HTTP/1.1 4")) {
      assertThat(answer)
          .as(method + " " + path)
          .doesNotContain("\tat ", "io.saltus.", "java.lang", "Exception");
    }
  }

  @Test
  void every_key_of_every_body_takes_every_wrong_value() {
    List<String> values =
        List.of(
            "null",
            "-1",
            "0.5",
            "1e400",
            "1e-400",
            "9223372036854775808",
            "1e999999999",
            "true",
            "\"\"",
            "\"x\"",
            "\"../../etc/passwd\"",
            "[]",
            "[1]",
            "{}",
            "{\"a\":{}}",
            "{\"\":1}",
            "{\"task.kind\":\"x\"}",
            "{\"include\":\"/etc/passwd\"}",
            "{\"a\":\"${HOME}\"}",
            "\"" + "x".repeat(20_000) + "\"");
    for (Described route : routes()) {
      if (route.keys().isEmpty()) {
        continue;
      }
      List<String> keys = new ArrayList<>(route.keys());
      keys.add("unknown");
      for (String key : keys) {
        for (String value : values) {
          String body = "{\"" + key + "\":" + value + "}";
          HttpResponse<byte[]> response = scene.change(route.method(), filled(route.path()), body);
          check(route.method() + " " + route.path() + " " + body, response);
          assertThat(response.statusCode() == 201).as(body).isEqualTo(isAnOrder(route, body));
        }
      }
    }
  }

  @Test
  void words_on_a_run_that_are_wrong_change_nothing() {
    Object before = scene.json("/api/v1/runs/fuzzed").get("lastSequence");
    for (String body :
        List.of(
            "{\"tags\":{\"\":\"v\"}}",
            "{\"tags\":{\"a=b\":\"v\"}}",
            "{\"tags\":{\"a\":{}}}",
            "{\"tags\":{\"a\":\"" + "x".repeat(201) + "\"}}",
            "{\"tags\":{\"" + "x".repeat(201) + "\":\"v\"}}",
            "{\"tags\":[]}",
            "{\"note\":{}}",
            "{\"note\":7}",
            "{\"name\":[]}",
            "{\"archived\":\"true\"}",
            "{\"archived\":1}",
            "{\"note\":\"n\",\"note\":\"n\"}",
            "{\"note\":\"n\",\"unknown\":1}",
            "[]")) {
      HttpResponse<byte[]> refused = scene.change("PATCH", "/api/v1/runs/fuzzed", body);
      check("PATCH " + body, refused);
      assertThat(refused.statusCode()).as(body).isEqualTo(400);
    }
    assertThat(scene.json("/api/v1/runs/fuzzed")).containsEntry("lastSequence", before);
  }

  @Test
  void a_stream_takes_every_wrong_topic_and_every_wrong_place_to_go_on_from() {
    List<String> topics = new ArrayList<>();
    for (String value : NASTY) {
      topics.addAll(List.of(value, "run:" + value, "study:" + value, "runs&topic=" + value));
    }
    for (String topic : topics) {
      String path = "/api/v1/stream?topic=" + encoded(topic);
      int status = statusOfStream(path, "");
      assertThat(status).as(path).isIn(200, 400);
    }
    for (String value : NASTY) {
      int status = statusOfStream("/api/v1/stream?topic=runs&topic=run:fuzzed", value);
      boolean place = value.isEmpty() || value.matches("[0-9]{1,18}");
      assertThat(status).as("Last-Event-ID: " + value).isEqualTo(place ? 200 : 400);
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> text(scene.get("/metrics")).contains("saltus_streams 0.0"));
  }

  /** Opens a stream, reads no more than how it begins, and closes it. */
  private static int statusOfStream(String path, String lastId) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), scene.port())) {
      socket.setSoTimeout(20_000);
      String request =
          "GET %s HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: %s\r\n\r\n".formatted(path, lastId);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      String line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      assertThat(line).as(path).startsWith("HTTP/1.1 ");
      return Integer.parseInt(line.substring(9));
    } catch (IOException e) {
      throw new AssertionError(path + ": " + e, e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "runs/fuzzed/metrics?from=9&until=8 | until: it lies before from",
        "runs/fuzzed/events?from-seq=3&until-seq=2 | until-seq: it lies before from-seq",
        "runs/fuzzed/metrics?attempt=9 | attempt: the attempts of fuzzed go to 1",
        "runs/fuzzed/metrics?attempt=0 | attempt: '0' is not a whole number",
        "runs/fuzzed/metrics?attempt=1&at-sequence=1 | attempt: it stands beside at-sequence",
        "runs/fuzzed/metrics?metric=none | metric: unknown metric 'none'",
        "studies/s/bands?metric=train.loss&points=1 | points: '1' is not a whole number",
        "studies/s/bands?metric=train.loss&points=5001 | points: '5001' is not a whole number",
        "studies/s/bands?metric=%20 | metric: this cannot be the name of a metric",
        "studies/s/bands?metric=a&metric=b | metric: it stands twice",
      })
  void what_contradicts_itself_or_the_run_is_named(String path, String words) {
    HttpResponse<byte[]> refused = scene.get("/api/v1/" + path);

    check(path, refused);
    assertThat(refused.statusCode()).as(path).isEqualTo(400);
    assertThat((String) JsonBody.read(new Request.Bytes(refused.body())).get("detail"))
        .startsWith(words);
  }

  @Test
  void a_study_is_never_begun_with_axes_seeds_or_cells_that_are_none() {
    List<String> values = new ArrayList<>(List.of("{}", "[]", "[[]]", "{\"x\":[1]}", "-1", "true"));
    NASTY.stream()
        .filter(value -> value.length() < 100)
        .map(value -> "\"" + value.replace("\"", "\\\"") + "\"")
        .forEach(values::add);
    for (String key : List.of("study", "study.axes", "study.seeds", "study.zip", "expect")) {
      for (String value : values) {
        String body =
            "{\"spec\":\"grokking-weight-decay\",\"set\":{\"" + key + "\":" + value + "}}";
        HttpResponse<byte[]> refused = scene.post("/api/v1/studies", body);
        check(body, refused);
        assertThat(refused.statusCode()).as(body).isEqualTo(400);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "10001", "100000", "9223372036854775807"})
  void as_many_runs_at_a_time_as_nobody_can_do_are_refused(String parallel) {
    HttpResponse<byte[]> refused =
        scene.post(
            "/api/v1/studies",
            "{\"spec\":\"grokking-weight-decay\",\"parallel\":" + parallel + "}");

    check(parallel, refused);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(text(refused)).contains("parallel: it is no");
  }

  /** What would be refused elsewhere is all that a run needs which another program computes. */
  private static boolean isAnOrder(Described route, String body) {
    return route.path().equals("/api/v1/external") && body.equals("{\"experiment\":\"x\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "1",
        "{",
        "{\"spec\":",
        "nonsense",
        "{\"spec\":\"grokking\"}x",
        "{\"a\":1,\"a\":2}",
        "{\"spec\":{\"spec\":{\"spec\":{}}}}",
        "\u0000"
      })
  void a_body_that_is_no_object_is_refused(String body) {
    HttpResponse<byte[]> response = scene.post("/api/v1/runs", body);
    check(body, response);
    assertThat(response.statusCode()).isEqualTo(400);
  }

  @Test
  void a_body_that_is_deep_or_large_is_refused() {
    HttpResponse<byte[]> deep =
        scene.post("/api/v1/runs", "{\"set\":" + "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_001));
    check("deep", deep);
    assertThat(deep.statusCode()).isEqualTo(400);
    HttpResponse<byte[]> large =
        scene.post("/api/v1/runs", "{\"note\":\"" + "x".repeat(2 << 20) + "\"}");
    check("large", large);
    assertThat(large.statusCode()).isEqualTo(413);
  }

  @Test
  void a_large_body_that_does_not_say_so_is_refused_too() {
    HttpRequest request =
        scene
            .request("/api/v1/runs")
            .header("Authorization", "Bearer " + scene.secret())
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new java.io.ByteArrayInputStream(new byte[2 << 20])))
            .build();
    HttpResponse<byte[]> response = scene.send(request);
    check("chunked", response);
    assertThat(response.statusCode()).isEqualTo(413);
  }

  /** What no client library sends. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v1/runs/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /api/v1/runs?where=%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /api/v1/runs?limit=\u00e9 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET http://evil.example/api/v1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET * HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: localhost\r\n\r\n",
        "GET /\r\n\r\n",
        "nonsense\r\n\r\n",
        "POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999\r\n\r\n",
        "GET /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nRaw-Request-URI: /health/live\r\n\r\n",
      })
  void what_is_no_request_is_refused_and_the_server_lives(String bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), scene.port())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      socket.shutdownOutput();
      String answer = new String(socket.getInputStream().readNBytes(400), StandardCharsets.UTF_8);
      // Of a method or a version that nobody knows, 501 and 505 say just that.
      assertThat(answer).doesNotContain("\tat ").doesNotContainPattern("HTTP/1.1 50[0234]");
    }
    assertThat(scene.get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void random_queries_are_answered() {
    Random random = new Random(11);
    List<String> names = List.of("where", "sort", "limit", "cursor", "metric", "points", "from");
    for (int i = 0; i < 300; i++) {
      StringBuilder query = new StringBuilder();
      for (int j = random.nextInt(4); j >= 0; j--) {
        String value = NASTY.get(random.nextInt(NASTY.size()));
        query.append(names.get(random.nextInt(names.size()))).append('=').append(encoded(value));
        query.append(j > 0 ? "&" : "");
      }
      String path =
          (random.nextBoolean() ? "/api/v1/runs" : "/api/v1/runs/fuzzed/metrics") + "?" + query;
      ask("GET", path);
    }
  }
}
