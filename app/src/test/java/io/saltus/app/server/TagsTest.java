package io.saltus.app.server;

import static io.saltus.app.server.ServerScene.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known already is not answered again. */
@Timeout(180)
class TagsTest {

  private static final Duration SOON = Duration.ofMinutes(1);
  private static final List<String> FORMS =
      List.of("application/json", "text/csv", "application/vnd.saltus.series");

  @TempDir static Path directory;
  private static ServerScene scene;

  @BeforeAll
  static void begin() {
    scene = ServerScene.open(directory);
    for (String name : List.of("a", "b", "gone", "jumping", "parent")) {
      scene.run(name, 120);
      scene.awaitStatus(name, "completed");
    }
  }

  @AfterAll
  static void end() {
    scene.close();
  }

  private static String tag(String path) {
    return tag(scene.get(path));
  }

  private static String tag(HttpResponse<byte[]> response) {
    assertThat(response.statusCode()).as(text(response)).isLessThan(400);
    return response.headers().firstValue("ETag").orElseThrow();
  }

  private static int statusWith(String tag, String path) {
    return scene.get(path, "If-None-Match", tag).statusCode();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/runs/a",
        "/api/v1/runs/a?at-step=50",
        "/api/v1/runs/a/history",
        "/api/v1/runs/a/history?at-step=50",
        "/api/v1/runs/a/events?limit=3",
        "/api/v1/runs/a/events?stream=analysis",
        "/api/v1/runs/a/metrics",
        "/api/v1/runs/a/metrics?points=10",
        "/api/v1/runs/a/jumps",
        "/api/v1/runs/a/checkpoints",
        "/api/v1/specs",
        "/api/v1/specs/grokking",
        "/api/v1/openapi.json",
      })
  void who_knows_an_answer_is_told_so_and_nothing_more(String path) {
    HttpResponse<byte[]> first = scene.get(path);
    String tag = tag(first);

    assertThat(tag).startsWith("W/\"").endsWith("\"").isEqualTo(tag(path));
    assertThat(first.headers().firstValue("Cache-Control")).contains("no-cache");
    for (String known : List.of(tag, tag.substring(2), "\"x\", " + tag, "*")) {
      HttpResponse<byte[]> again = scene.get(path, "If-None-Match", known);
      assertThat(again.statusCode()).as(known).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(again.headers().firstValue("ETag")).contains(tag);
    }
    HttpResponse<byte[]> other = scene.get(path, "If-None-Match", "W/\"x\"");
    assertThat(other.statusCode()).isEqualTo(200);
    assertThat(other.body()).isEqualTo(first.body());
    HttpRequest.Builder head =
        scene.request(path).method("HEAD", HttpRequest.BodyPublishers.noBody());
    assertThat(tag(scene.send(head.build()))).isEqualTo(tag);
    assertThat(scene.send(head.header("If-None-Match", tag).build()).statusCode()).isEqualTo(304);
  }

  @Test
  void each_form_of_series_has_its_own() {
    String path = "/api/v1/runs/a/metrics?metric=train.loss";
    List<String> tags = FORMS.stream().map(form -> tag(scene.get(path, "Accept", form))).toList();

    assertThat(tags).doesNotHaveDuplicates();
    for (String form : FORMS) {
      for (String tag : tags) {
        HttpResponse<byte[]> response = scene.get(path, "Accept", form, "If-None-Match", tag);
        boolean own = tags.indexOf(tag) == FORMS.indexOf(form);
        assertThat(response.statusCode()).as(form + " " + tag).isEqualTo(own ? 304 : 200);
        assertThat(response.headers().firstValue("Vary").orElse("")).startsWith("Accept");
      }
    }
  }

  @Test
  void one_run_and_one_page_is_not_another() {
    for (String path : List.of("", "/history", "/events", "/metrics", "/jumps")) {
      String known = tag("/api/v1/runs/a" + path);
      assertThat(statusWith(known, "/api/v1/runs/b" + path)).as(path).isEqualTo(200);
      assertThat(tag("/api/v1/runs/b" + path)).isNotEqualTo(known);
    }
    assertThat(tag("/api/v1/runs/a/events?limit=3"))
        .isNotEqualTo(tag("/api/v1/runs/a/events?limit=4"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/history", "/events", "/events?stream=audit", "/jumps"})
  void an_event_of_a_run_is_told_at_once(String path) {
    String known = tag("/api/v1/runs/b" + path);
    scene.change("PATCH", "/api/v1/runs/b", "{\"note\":\"for " + path + "\"}");

    HttpResponse<byte[]> now = scene.get("/api/v1/runs/b" + path, "If-None-Match", known);

    assertThat(now.statusCode()).isEqualTo(200);
    assertThat(tag(now)).isNotEqualTo(known);
  }

  @Test
  void series_get_another_tag_once_what_serves_them_has_followed() {
    String known = tag("/api/v1/runs/b/metrics");
    scene.change("PATCH", "/api/v1/runs/b", "{\"note\":\"for series\"}");

    await().atMost(SOON).until(() -> !tag("/api/v1/runs/b/metrics").equals(known));
  }

  @Test
  void an_analysis_is_another_answer_about_jumps_and_about_the_run() {
    String run = "/api/v1/runs/jumping";
    String jumps = tag(run + "/jumps");
    String whole = tag(run);

    scene.post(run + "/analyse", "{}");

    await().atMost(SOON).until(() -> scene.json(run + "/jumps").get("analysis") != null);
    assertThat(statusWith(jumps, run + "/jumps")).isEqualTo(200);
    assertThat(statusWith(whole, run)).isEqualTo(200);
  }

  @Test
  void a_fork_is_another_history_of_its_parent() {
    String history = "/api/v1/runs/parent/history";
    String known = tag(history);

    assertThat(
            scene.post("/api/v1/runs/parent/fork", "{\"step\":50,\"name\":\"child\"}").statusCode())
        .isEqualTo(201);

    await().atMost(SOON).until(() -> text(scene.get(history)).contains("\"child\""));
    assertThat(tag(history)).isNotEqualTo(known);
    assertThat(statusWith(known, history)).isEqualTo(200);
  }

  @Test
  void a_checkpoint_whose_file_is_damaged_is_another_answer_without_any_event(@TempDir Path home)
      throws IOException {
    try (ServerScene other = ServerScene.open(home)) {
      other.run("a", 60);
      other.awaitStatus("a", "completed");
      HttpResponse<byte[]> before = other.get("/api/v1/runs/a/checkpoints");
      for (Path file : checkpoints(home)) {
        Files.write(file, new byte[] {1});
      }

      HttpResponse<byte[]> now =
          other.get("/api/v1/runs/a/checkpoints", "If-None-Match", tag(before));

      assertThat(now.statusCode()).isEqualTo(200);
      assertThat(text(before)).doesNotContain("\"valid\":false");
      assertThat(text(now)).contains("\"valid\":false");
    }
  }

  private static List<Path> checkpoints(Path home) throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("checkpoints"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void what_is_gone_or_wrong_is_said_to_who_knows_anything() {
    String known = tag("/api/v1/runs/gone/history");
    assertThat(scene.change("DELETE", "/api/v1/runs/gone", "").statusCode()).isEqualTo(200);

    assertThat(statusWith(known, "/api/v1/runs/gone/history")).isEqualTo(404);
    assertThat(statusWith("*", "/api/v1/runs/gone/history")).isEqualTo(404);
    assertThat(statusWith("*", "/api/v1/runs/none/metrics")).isEqualTo(404);
    assertThat(statusWith("*", "/api/v1/runs/a/metrics?metric=none")).isEqualTo(400);
    assertThat(statusWith("*", "/api/v1/runs/a/history?at-step=121")).isEqualTo(400);
    assertThat(statusWith("*", "/api/v1/specs/none")).isEqualTo(404);
  }

  @Test
  void lists_and_what_is_counted_have_none() {
    for (String path : List.of("/api/v1", "/api/v1/runs", "/api/v1/devices", "/metrics")) {
      HttpResponse<byte[]> response = scene.get(path);
      assertThat(response.headers().firstValue("ETag")).as(path).isEmpty();
      assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    }
  }
}
