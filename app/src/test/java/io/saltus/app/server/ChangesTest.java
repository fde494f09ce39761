package io.saltus.app.server;

import static io.saltus.app.server.ServerScene.objects;
import static io.saltus.app.server.ServerScene.parse;
import static io.saltus.app.server.ServerScene.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.saltus.app.imports.ImportFormat;
import io.saltus.testkit.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be done with runs over HTTP. */
@Timeout(180)
class ChangesTest {

  private static final long ENDLESS = 1_000_000_000;

  @TempDir Path directory;
  private ServerScene scene;

  @BeforeEach
  void begin() {
    // Slowly, so that a run is still there when something is done with it; nothing waits for it.
    scene =
        new ServerScene(
            directory, Script.learning().beforeStep(step -> LockSupport.parkNanos(200_000)));
  }

  @AfterEach
  void end() {
    scene.close();
  }

  private static void expect(int status, HttpResponse<byte[]> response) {
    assertThat(response.statusCode()).as(text(response)).isEqualTo(status);
  }

  @Test
  void a_run_is_paused_goes_on_and_is_cancelled() {
    scene.start("a", ENDLESS);
    scene.awaitStatus("a", "running");

    HttpResponse<byte[]> paused = scene.post("/api/v1/runs/a/pause", "{}");
    expect(202, paused);
    assertThat(parse(paused)).containsEntry("status", "paused");
    expect(202, scene.post("/api/v1/runs/a/pause", "{}"));
    expect(202, scene.post("/api/v1/runs/a/resume", "{}"));
    scene.awaitStatus("a", "running");
    expect(409, scene.post("/api/v1/runs/a/resume", "{}"));
    expect(409, scene.change("DELETE", "/api/v1/runs/a", ""));
    expect(202, scene.post("/api/v1/runs/a/cancel", "{}"));
    scene.awaitStatus("a", "cancelled");
    expect(409, scene.post("/api/v1/runs/a/pause", "{}"));
    expect(409, scene.post("/api/v1/runs/a/cancel", "{}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pause | {}",
        "resume | {}",
        "cancel | {}",
        "extend | {'steps':9}",
        "fork | {'step':1}"
      })
  void what_was_computed_elsewhere_is_not_gone_on_with(String change, String body) {
    String run = imported();

    HttpResponse<byte[]> refused =
        scene.post("/api/v1/runs/" + run + "/" + change, body.replace('\'', '"'));

    expect(409, refused);
    assertThat(text(refused)).contains(run + " was imported");
  }

  @Test
  void of_a_run_that_was_computed_elsewhere_nothing_is_claimed() {
    String run = imported();
    scene.awaitStatus(run, "imported");

    assertThat(scene.json("/api/v1/runs/" + run))
        .containsEntry("spec", null)
        .containsEntry("provenance", null)
        .containsEntry("seed", null);
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(objects(scene.json("/api/v1/runs").get("runs")))
                    .singleElement()
                    .satisfies(
                        line ->
                            assertThat(line)
                                .containsEntry("run", run)
                                .containsEntry("seed", null)));
  }

  /** A run of two steps that came from a file. */
  private String imported() {
    Path file = directory.resolveSibling(directory.getFileName() + ".csv");
    try {
      Files.writeString(file, "step,loss\n0,2.5\n1,1.25\n");
      return scene
          .saltus()
          .imports()
          .bring(ImportFormat.CSV.read(file, Optional.empty(), remark -> {}))
          .get(0)
          .value();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_run_is_extended_and_goes_on_to_its_new_end() {
    scene.run("a", 100);

    expect(400, scene.post("/api/v1/runs/a/extend", "{\"steps\":100}"));
    expect(400, scene.post("/api/v1/runs/a/extend", "{}"));
    expect(202, scene.post("/api/v1/runs/a/extend", "{\"steps\":150}"));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> scene.json("/api/v1/runs/a").get("step").toString().equals("150"));
    scene.awaitStatus("a", "completed");
  }

  @Test
  void a_fork_begins_where_it_was_asked_to() {
    scene.run("a", 100);

    HttpResponse<byte[]> fork =
        scene.post(
            "/api/v1/runs/a/fork",
            "{\"step\":50,\"name\":\"f\",\"steps\":120,\"tags\":{\"of\":\"fork\"}}");

    expect(201, fork);
    assertThat(fork.headers().firstValue("Location")).contains("/api/v1/runs/f");
    scene.awaitStatus("f", "completed");
    Map<String, Object> shown = scene.json("/api/v1/runs/f");
    assertThat(shown.get("parent")).hasToString("{run=a, step=50}");
    assertThat(objects(scene.json("/api/v1/runs/a/history").get("forks")))
        .extracting(each -> each.get("run"))
        .containsExactly("f");
    assertThat(objects(scene.json("/api/v1/runs/f/metrics?metric=train.loss").get("series")))
        .allSatisfy(series -> assertThat((java.util.List<?>) series.get("steps")).hasSize(120));
    expect(409, scene.change("DELETE", "/api/v1/runs/a", ""));
    expect(400, scene.post("/api/v1/runs/a/fork", "{\"step\":101}"));
    expect(400, scene.post("/api/v1/runs/a/fork", "{\"step\":50,\"name\":\"f\"}"));
  }

  @Test
  void words_are_put_on_a_run_and_taken_away() {
    scene.run("a", 60);

    HttpResponse<byte[]> put =
        scene.change(
            "PATCH",
            "/api/v1/runs/a",
            "{\"tags\":{\"k\":\"v\",\"of\":null},\"note\":\"n\",\"name\":\"N\",\"archived\":true}");

    expect(200, put);
    assertThat(parse(put))
        .containsEntry("tags", Map.of("k", "v"))
        .containsEntry("note", "n")
        .containsEntry("name", "N")
        .containsEntry("archived", true);
    expect(400, scene.change("PATCH", "/api/v1/runs/a", "{\"tags\":{\"a=b\":\"v\"}}"));
    expect(400, scene.change("PATCH", "/api/v1/runs/a", "{\"tags\":{\"a\":1}}"));
    expect(400, scene.change("PATCH", "/api/v1/runs/a", "{\"status\":\"completed\"}"));
  }

  @Test
  void an_analysis_is_asked_for_and_comes() {
    scene.run("a", 300);

    expect(202, scene.post("/api/v1/runs/a/analyse", "{}"));

    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> scene.json("/api/v1/runs/a/jumps").get("analysis") != null);
  }

  @Test
  void a_deleted_run_is_gone() {
    scene.run("a", 60);

    expect(200, scene.change("DELETE", "/api/v1/runs/a", ""));

    expect(404, scene.get("/api/v1/runs/a"));
    expect(404, scene.change("DELETE", "/api/v1/runs/a", ""));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> objects(scene.json("/api/v1/runs").get("runs")).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/v1/runs/none/pause",
    "POST, /api/v1/runs/none/resume",
    "POST, /api/v1/runs/none/cancel",
    "POST, /api/v1/runs/none/analyse",
    "POST, /api/v1/studies/none/pause",
    "POST, /api/v1/studies/none/resume",
    "POST, /api/v1/studies/none/cancel",
    "PATCH, /api/v1/runs/none",
  })
  void what_is_not_there_is_told_apart(String method, String path) {
    expect(404, scene.change(method, path, "{}"));
  }

  @Test
  void a_server_that_is_about_to_end_begins_nothing() {
    scene.start("a", ENDLESS);
    scene.awaitStatus("a", "running");
    expect(202, scene.post("/api/v1/runs/a/pause", "{}"));
    scene.takeNoMore();

    HttpResponse<byte[]> late = scene.post("/api/v1/runs/a/resume", "{}");

    expect(503, late);
    assertThat(late.headers().firstValue("Retry-After")).isPresent();
    expect(503, scene.get("/health/ready"));
    expect(200, scene.get("/health/live"));
  }

  @Test
  void a_change_with_head_or_of_another_method_is_refused() {
    HttpRequest put =
        scene
            .request("/api/v1/runs/a")
            .header("Authorization", "Bearer " + scene.secret())
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<byte[]> response = scene.send(put);
    expect(405, response);
    assertThat(response.headers().firstValue("Allow")).contains("DELETE, GET, HEAD, PATCH");
  }
}
