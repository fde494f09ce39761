package io.saltus.app.server;

import static io.saltus.app.server.ServerScene.objects;
import static io.saltus.app.server.ServerScene.parse;
import static io.saltus.app.server.ServerScene.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every route that looks, on a home of three complete runs. */
@Timeout(120)
class ReadingTest {

  @TempDir static Path directory;
  private static ServerScene scene;

  @BeforeAll
  static void begin() {
    scene = ServerScene.open(directory);
    for (String name : List.of("a", "b", "c")) {
      scene.run(name, 200);
      scene.awaitStatus(name, "completed");
    }
  }

  @AfterAll
  static void end() {
    scene.close();
  }

  @Test
  void the_server_says_what_it_is_and_who_may_write() {
    assertThat(scene.json("/api/v1")).containsEntry("writable", false).containsKey("saltus");
    HttpResponse<byte[]> full = scene.get("/api/v1", "Authorization", "Bearer " + scene.secret());
    assertThat(parse(full)).containsEntry("writable", true);
  }

  @Test
  void runs_come_in_pages_each_once() {
    List<Object> names = new ArrayList<>();
    Object cursor = "";
    while (cursor != null) {
      Map<String, Object> page = scene.json("/api/v1/runs?limit=2&cursor=" + cursor);
      objects(page.get("runs")).forEach(run -> names.add(run.get("run")));
      assertThat(page).containsEntry("total", new BigDecimal(3));
      cursor = page.get("next");
    }
    assertThat(names).containsExactly("a", "b", "c");
  }

  @Test
  void a_run_at_a_glance_has_what_a_table_shows() {
    Map<String, Object> run = objects(scene.json("/api/v1/runs").get("runs")).get(0);

    assertThat(run)
        .containsEntry("run", "a")
        .containsEntry("experiment", "scripted")
        .containsEntry("status", "completed")
        .containsEntry("step", new BigDecimal(200))
        .containsEntry("steps", new BigDecimal(200))
        .containsEntry("tags", Map.of("of", "test"))
        .containsEntry("archived", false)
        .containsEntry("name", "a")
        .containsEntry("etaSeconds", null)
        .containsEntry("error", null)
        .containsKeys("submitted", "jumps", "parent", "study", "device", "seed");
    assertThat((Map<?, ?>) run.get("spark")).hasSize(2);
    assertThat((Map<?, ?>) run.get("metrics")).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "where=run:b | b",
        "where=run%3Ab%20OR%20run%3Ac | b c",
        "where=step%3E200 | ''",
        "sort=-submitted | c b a",
        "sort=-run | c b a",
        "where=tag.of:test&sort=run | a b c",
        "where= | a b c",
      })
  void runs_are_chosen_and_sorted_as_on_the_command_line(String query, String names) {
    List<Map<String, Object>> runs = objects(scene.json("/api/v1/runs?" + query).get("runs"));
    assertThat(String.join(" ", runs.stream().map(run -> (String) run.get("run")).toList()))
        .isEqualTo(names);
  }

  @Test
  void a_run_whole_is_what_show_says_and_more() {
    assertThat(scene.json("/api/v1/runs/a"))
        .containsEntry("run", "a")
        .containsEntry("status", "completed")
        .containsEntry("note", "a <b>note</b>")
        .containsKeys("digest", "metrics", "crossings", "checkpoints", "spec", "provenance")
        .containsKeys("lastOffset", "name", "archived", "lastSequence");
  }

  @Test
  void a_run_that_is_known_is_not_sent_again() {
    HttpResponse<byte[]> first = scene.get("/api/v1/runs/a");
    String tag = first.headers().firstValue("ETag").orElseThrow();

    HttpResponse<byte[]> second = scene.get("/api/v1/runs/a", "If-None-Match", tag);

    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
    assertThat(scene.get("/api/v1/runs/b", "If-None-Match", tag).statusCode()).isEqualTo(200);
  }

  @Test
  void a_run_as_it_was_ends_where_it_was_asked_to() {
    assertThat(scene.json("/api/v1/runs/a?at-step=57")).containsEntry("step", new BigDecimal(57));
    Map<String, Object> first = scene.json("/api/v1/runs/a?at-sequence=1");
    assertThat(first).containsEntry("step", new BigDecimal(0)).containsEntry("digest", null);
  }

  @Test
  void a_history_has_what_is_drawn_on_the_axis_of_steps() {
    Map<String, Object> history = scene.json("/api/v1/runs/a/history");

    List<Map<String, Object>> attempts = objects(history.get("attempts"));
    assertThat(attempts).hasSize(1);
    assertThat(attempts.get(0))
        .containsEntry("attempt", new BigDecimal(1))
        .containsEntry("from", new BigDecimal(0))
        .containsEntry("until", new BigDecimal(200))
        .containsEntry("cause", "completed");
    assertThat(objects(history.get("checkpoints"))).isNotEmpty();
    assertThat((List<?>) history.get("sequences")).isNotEmpty();
    assertThat(history).containsEntry("parent", null).containsKeys("rewinds", "forks", "crossings");
  }

  @Test
  void events_come_in_pages_both_ways() {
    List<Object> ascending = sequences("/api/v1/runs/a/events?limit=3", "from-seq");
    List<Object> descending = sequences("/api/v1/runs/a/events?limit=3&order=desc", "until-seq");

    assertThat(ascending).hasSizeGreaterThan(4).doesNotHaveDuplicates();
    assertThat(ascending.get(0)).isEqualTo(new BigDecimal(1));
    assertThat(descending).hasSameSizeAs(ascending);
    assertThat(descending.get(0)).isEqualTo(ascending.get(ascending.size() - 1));
  }

  private static List<Object> sequences(String path, String next) {
    List<Object> sequences = new ArrayList<>();
    Map<String, Object> page = scene.json(path);
    while (true) {
      objects(page.get("events")).forEach(event -> sequences.add(event.get("sequence")));
      if (page.get("next") == null) {
        return sequences;
      }
      page = scene.json(path + "&" + next + "=" + page.get("next"));
    }
  }

  @Test
  void frames_can_be_left_out_so_that_what_happened_is_found_among_thousands() {
    List<Map<String, Object>> all =
        objects(scene.json("/api/v1/runs/a/events?limit=1000").get("events"));
    List<Object> expected = new ArrayList<>();
    all.stream()
        .filter(event -> !event.get("type").equals("MetricsRecorded"))
        .forEach(event -> expected.add(0, event));

    Map<String, Object> page = scene.json("/api/v1/runs/a/events?frames=without&order=desc");

    assertThat(expected).isNotEmpty().hasSizeLessThan(all.size());
    assertThat(page.get("events")).isEqualTo(expected);
    assertThat(page.get("next")).isNull();
    assertThat(scene.get("/api/v1/runs/a/events?frames=few").statusCode()).isEqualTo(400);
  }

  @Test
  void events_say_their_stream_and_attempt() {
    Map<String, Object> event =
        objects(scene.json("/api/v1/runs/a/events?from-seq=1&limit=1").get("events")).get(0);
    assertThat(event)
        .containsEntry("type", "RunSubmitted")
        .containsEntry("stream", "run")
        .containsEntry("attempt", null);
    assertThat(scene.json("/api/v1/runs/a/events?stream=audit"))
        .containsEntry("events", List.of())
        .containsEntry("next", null);
  }

  @Test
  void series_come_as_json_csv_and_bytes_with_the_same_values() {
    String path = "/api/v1/runs/a/metrics?metric=train.loss&from=10&until=20";
    Map<String, Object> series = objects(scene.json(path).get("series")).get(0);
    List<String> csv = text(scene.get(path, "Accept", "text/csv")).lines().toList();
    ByteBuffer bytes =
        ByteBuffer.wrap(scene.get(path, "Accept", "application/vnd.saltus.series").body())
            .order(ByteOrder.LITTLE_ENDIAN);

    assertThat(series)
        .containsEntry("metric", "train.loss")
        .containsEntry("total", new BigDecimal(11))
        .containsEntry("thinned", false);
    List<?> steps = (List<?>) series.get("steps");
    List<?> values = (List<?>) series.get("values");
    assertThat(steps).hasSize(11);
    assertThat(steps.get(0)).isEqualTo(new BigDecimal(10));
    assertThat(steps.get(10)).isEqualTo(new BigDecimal(20));
    assertThat(csv).hasSize(12).startsWith("step,train.loss");
    assertThat(csv.get(1)).isEqualTo(steps.get(0) + "," + values.get(0));
    byte[] magic = new byte[4];
    bytes.get(magic);
    assertThat(new String(magic, StandardCharsets.US_ASCII)).isEqualTo("SLT1");
    byte[] header = new byte[bytes.getInt()];
    bytes.get(header);
    assertThat(bytes.position() % 8).as("doubles may begin here").isZero();
    assertThat(new String(header, StandardCharsets.UTF_8)).contains("\"count\":11");
    assertThat(bytes.getDouble()).isEqualTo(10);
    assertThat((float) bytes.getDouble(bytes.limit() - 8))
        .isEqualTo(((BigDecimal) values.get(10)).floatValue());
    assertThat(bytes.limit()).isEqualTo(8 + header.length + 11 * 16);
  }

  @Test
  void series_are_thinned_to_so_many_points_a_metric() {
    Map<String, Object> thinned = scene.json("/api/v1/runs/a/metrics?points=8");
    for (Map<String, Object> series : objects(thinned.get("series"))) {
      assertThat((List<?>) series.get("steps")).hasSizeLessThanOrEqualTo(8);
    }
    assertThat(objects(thinned.get("series"))).anyMatch(each -> each.get("thinned").equals(true));
  }

  @Test
  void series_of_an_attempt_and_of_a_history_as_it_was_are_those() {
    Map<String, Object> attempt = scene.json("/api/v1/runs/a/metrics?metric=train.loss&attempt=1");
    assertThat((List<?>) objects(attempt.get("series")).get(0).get("steps")).hasSize(200);
    Map<String, Object> before =
        scene.json("/api/v1/runs/a/metrics?metric=train.loss&at-sequence=2");
    assertThat((List<?>) objects(before.get("series")).get(0).get("steps")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/runs/a/jumps",
        "/api/v1/runs/a/checkpoints",
        "/api/v1/compare?run=a&run=b",
        "/api/v1/studies",
        "/api/v1/devices",
        "/api/v1/devices/leases",
        "/api/v1/specs",
        "/api/v1/specs/grokking",
        "/api/v1/openapi.json",
        "/metrics",
        "/health/live",
        "/health/ready",
        "/",
        "/lib/preact.module.js",
        "/lib/uPlot.min.css",
      })
  void what_is_there_is_answered(String path) {
    HttpResponse<byte[]> response = scene.get(path);
    assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
    assertThat(response.body()).isNotEmpty();
  }

  @Test
  void leases_tell_who_had_which_device() {
    List<Map<String, Object>> leases = objects(scene.json("/api/v1/devices/leases").get("leases"));
    assertThat(leases).extracting(lease -> lease.get("run")).contains("a", "b", "c");
    assertThat(leases).allMatch(lease -> lease.get("until") != null);
    assertThat(objects(scene.json("/api/v1/devices").get("devices")))
        .isNotEmpty()
        .allMatch(device -> device.containsKey("lease") && device.containsKey("drained"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api/v1",
        "/api/v1/runs",
        "/api/v1/runs/a",
        "/api/v1/runs/a/metrics",
        "/metrics",
        "/api/v1/runs/none",
        "/nothing",
        "/lib/preact.module.js",
        "/health/live"
      })
  void head_is_answered_as_get_without_the_content(String path) {
    HttpResponse<byte[]> get = scene.get(path);
    HttpResponse<byte[]> head =
        scene.send(scene.request(path).method("HEAD", HttpRequest.BodyPublishers.noBody()).build());

    assertThat(head.statusCode()).isEqualTo(get.statusCode());
    assertThat(head.body()).isEmpty();
    List<String> same = new ArrayList<>(get.headers().map().keySet());
    same.remove("date");
    if (path.equals("/metrics")) {
      same.remove("content-length");
    }
    assertThat(same)
        .allSatisfy(
            name ->
                assertThat(head.headers().firstValue(name))
                    .as(name)
                    .isEqualTo(get.headers().firstValue(name)));
  }

  @Test
  void what_is_large_is_compressed_where_that_is_understood() {
    String path = "/api/v1/runs/a/metrics";
    HttpResponse<byte[]> plain = scene.get(path);
    HttpResponse<byte[]> packed = scene.get(path, "Accept-Encoding", "br, gzip");

    assertThat(plain.headers().firstValue("Content-Encoding")).isEqualTo(Optional.empty());
    assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(packed.headers().firstValue("Vary")).contains("Accept, Accept-Encoding");
    assertThat(packed.body().length).isLessThan(plain.body().length / 2);
  }

  @Test
  void pages_forbid_what_they_do_not_need() {
    HttpResponse<byte[]> page = scene.get("/");
    String policy = page.headers().firstValue("Content-Security-Policy").orElse("");

    assertThat(policy)
        .startsWith("default-src 'none'; script-src 'self'")
        .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'")
        .doesNotContain("unsafe");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(page.headers().firstValue("Access-Control-Allow-Origin"))
        .isEqualTo(Optional.empty());
    assertThat(page.headers().firstValue("Set-Cookie")).isEqualTo(Optional.empty());
  }

  @Test
  void figures_are_open_metrics() {
    HttpResponse<byte[]> figures = scene.get("/metrics");
    assertThat(figures.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/openmetrics-text");
    assertThat(text(figures))
        .contains("saltus_runs{status=\"completed\"} 3.0", "saltus_journal_offset")
        .endsWith("# EOF\n");
  }
}
