package io.saltus.app.server;

import static io.saltus.app.server.SchemaCheck.object;
import static io.saltus.app.server.ServerScene.objects;
import static io.saltus.app.server.ServerScene.parse;
import static io.saltus.app.server.ServerScene.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.saltus.testkit.Mishap;
import io.saltus.testkit.Script;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is answered, held against what the description of the API says is answered. */
@Timeout(180)
class SchemasTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String JSON = "application/json";

  @TempDir static Path directory;
  private static ServerScene scene;
  private static Map<String, Object> document = Map.of();

  @BeforeAll
  static void begin() throws IOException {
    scene =
        new ServerScene(directory, Script.learning().with(310, new Mishap.Failure("out of luck")));
    document = scene.json("/api/v1/openapi.json");
    scene.run("a", 300);
    scene.run("failed", 320);
    scene.awaitStatus("failed", "failed");
    scene.study(
        "s",
        "batch-size = [16, 32]",
        "expect = [{ id = learns, title = \"It learns\", metric = train.accuracy,"
            + " reaches = 0.5, for-steps = 1, at-most = 150, in = 1 of 2 }]");
    scene.post("/api/v1/runs/a/analyse", "{}");
    await()
        .atMost(PATIENCE)
        .until(() -> scene.json("/api/v1/runs/a/jumps").get("analysis") != null);
    await()
        .atMost(PATIENCE)
        .until(() -> scene.json("/api/v1/studies/s").get("status").equals("completed"));
  }

  @AfterAll
  static void end() {
    scene.close();
  }

  /** The route that a path is one of. */
  private static String template(String path) {
    String plain = path.replaceFirst("\\?.*", "");
    return object(document.get("paths")).keySet().stream()
        .filter(each -> plain.matches(each.replaceAll("\\{[a-z]+}", "[^/]+")))
        .min(java.util.Comparator.comparing(each -> each.contains("{")))
        .orElseThrow(() -> new AssertionError(path));
  }

  private static Map<String, Object> content(String method, String path) {
    Map<String, Object> route = object(object(document.get("paths")).get(template(path)));
    Map<String, Object> operation = object(route.get(method.toLowerCase(Locale.ROOT)));
    return object(object(object(operation.get("responses")).get("2XX")).get("content"));
  }

  private static Map<String, Object> fits(
      String method, String path, HttpResponse<byte[]> response) {
    assertThat(response.statusCode()).as(path + ": " + text(response)).isBetween(200, 299);
    assertThat(response.headers().firstValue("Content-Type")).as(path).contains(JSON);
    Object schema = object(content(method, path).get(JSON)).get("schema");
    Map<String, Object> answer = parse(response);
    assertThat(new SchemaCheck(document).flaws(schema, answer))
        .as(method + " " + path + ": " + text(response))
        .isEmpty();
    return answer;
  }

  private static Map<String, Object> get(String path) {
    return fits("GET", path, scene.get(path));
  }

  private static Map<String, Object> change(String method, String path, String body) {
    return fits(method, path, scene.change(method, path, body));
  }

  @Test
  void every_answer_in_json_is_as_described() {
    change("POST", "/api/v1/runs/a/fork", "{\"step\":100,\"name\":\"f\",\"seed\":7}");
    scene.awaitStatus("f", "completed");
    change("PATCH", "/api/v1/runs/a", "{\"note\":\"n\",\"name\":\"N\",\"tags\":{\"k\":\"v\"}}");
    Map<String, Object> external =
        change(
            "POST",
            "/api/v1/external",
            "{\"experiment\":\"x\",\"parameters\":{\"lr\":0.1},\"metrics\":[\"loss\"]}");
    String run = (String) external.get("run");
    change(
        "POST",
        "/api/v1/runs/" + run + "/frames",
        "{\"steps\":[0,1],\"metrics\":{\"loss\":[\"NaN\",0.5]}}");
    List<String> paths = new ArrayList<>();
    for (String each : List.of("a", "f", "failed", run)) {
      String one = "/api/v1/runs/" + each;
      paths.addAll(List.of(one, one + "/history", one + "/events", one + "/metrics"));
      paths.addAll(List.of(one + "/jumps", one + "/checkpoints", one + "?at-step=1"));
    }
    paths.add("/api/v1/runs/a/events?stream=analysis");
    paths.add("/api/v1/compare?run=a&run=f");
    paths.add("/api/v1/studies/s/bands?metric=train.accuracy&points=20");
    paths.addAll(List.of("/api/v1", "/api/v1/runs", "/api/v1/studies", "/api/v1/studies/s"));
    paths.addAll(List.of("/api/v1/devices", "/api/v1/devices/leases", "/api/v1/specs"));
    paths.addAll(List.of("/api/v1/specs/grokking", "/api/v1/openapi.json"));
    paths.addAll(List.of("/health/live", "/health/ready"));
    Set<String> seen = new TreeSet<>();
    for (String path : paths) {
      get(path);
      seen.add(template(path));
    }
    change("POST", "/api/v1/runs/" + run + "/end", "{\"status\":\"completed\"}");
    change("POST", "/api/v1/studies/s/cancel", "{}");
    change("DELETE", "/api/v1/runs/failed", "");
    assertThat(seen).isEqualTo(routesWithJson());
    assertThat(objects(scene.json("/api/v1/studies/s").get("cells"))).hasSize(2);
  }

  private static Set<String> routesWithJson() {
    Set<String> all = new TreeSet<>();
    object(document.get("paths"))
        .forEach(
            (path, methods) -> {
              if (object(methods).containsKey("get") && content("GET", path).containsKey(JSON)) {
                all.add(path);
              }
            });
    return all;
  }

  @Test
  void every_route_names_the_forms_of_its_answers() throws Exception {
    object(document.get("paths"))
        .forEach(
            (path, methods) ->
                object(methods)
                    .keySet()
                    .forEach(
                        method ->
                            assertThat(content(method, path))
                                .as(method + " " + path)
                                .isNotEmpty()));
    for (String form : content("GET", "/api/v1/runs/a/metrics").keySet()) {
      assertThat(type(scene.get("/api/v1/runs/a/metrics", "Accept", form))).isEqualTo(form);
    }
    assertThat(content("GET", "/metrics")).containsOnlyKeys(type(scene.get("/metrics")));
    try (InputStream stream = opened("/api/v1/stream?topic=runs")) {
      assertThat(stream).isNotNull();
    }
  }

  private static InputStream opened(String path) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient()
            .send(scene.request(path).build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(content("GET", path)).containsOnlyKeys(type(response));
    return response.body();
  }

  private static String type(HttpResponse<?> response) {
    return response.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
  }

  @Test
  void problems_are_as_described() {
    Map<String, Object> described =
        object(object(object(document.get("components")).get("responses")).get("problem"));
    Object schema =
        object(object(described.get("content")).get("application/problem+json")).get("schema");
    for (String path :
        List.of(
            "/api/v1/runs/none",
            "/api/v1/runs?limit=x&cursor=%ff",
            "/nothing",
            "/api/v1/studies/none")) {
      HttpResponse<byte[]> refused = scene.get(path);
      assertThat(type(refused)).as(path).isEqualTo("application/problem+json");
      assertThat(new SchemaCheck(document).flaws(schema, parse(refused))).as(path).isEmpty();
    }
  }

  @Test
  void what_must_be_there_is_described_so_and_refused_where_it_is_not() {
    List<String> required = new ArrayList<>();
    object(document.get("paths"))
        .forEach(
            (path, methods) -> {
              if (object(methods).get("get") instanceof Map<?, ?> get) {
                objects(get.get("parameters")).stream()
                    .filter(each -> each.get("in").equals("query"))
                    .filter(each -> Boolean.TRUE.equals(each.get("required")))
                    .forEach(each -> required.add(path + " " + each.get("name")));
              }
            });
    assertThat(required)
        .containsExactlyInAnyOrder(
            "/api/v1/compare run", "/api/v1/stream topic", "/api/v1/studies/{study}/bands metric");
    for (String each : required) {
      String[] parts = each.replace("{study}", "s").split(" ", -1);
      HttpResponse<byte[]> refused = scene.get(parts[0]);
      assertThat(refused.statusCode()).as(each).isEqualTo(400);
      assertThat(text(refused)).contains(parts[1] + ": it is missing");
    }
  }

  @Test
  void the_header_that_a_stream_goes_on_by_is_described() {
    Map<String, Object> get =
        object(object(object(document.get("paths")).get("/api/v1/stream")).get("get"));
    assertThat(objects(get.get("parameters")))
        .anySatisfy(
            each ->
                assertThat(each)
                    .containsEntry("name", "Last-Event-ID")
                    .containsEntry("in", "header")
                    .containsEntry("required", false));
  }
}
