package io.saltus.app.server;

import static io.saltus.app.server.ServerScene.objects;
import static io.saltus.app.server.ServerScene.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent.ImportOrigin;
import io.saltus.experiment.event.RunEvent.RunImported;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import io.saltus.persistence.runs.ImportedRunWriter;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that is long enough for an index of its series. */
@Timeout(180)
class LongSeriesTest {

  private static final RunId LONG = new RunId("long");
  private static final int STEPS = 250_000;
  private static final int FRAME = 1_000;
  private static final int SPIKE = 123_457;
  private static final String SERIES = "application/vnd.saltus.series";

  @TempDir Path directory;
  private ServerScene scene;

  @BeforeEach
  void begin() {
    write(directory);
    scene = ServerScene.open(directory);
  }

  @AfterEach
  void end() {
    scene.close();
  }

  @Test
  void answers_promise_the_same_with_an_index_and_without_one_and_after_a_restart() {
    for (int round = 0; round < 3; round++) {
      for (String range : List.of("", "&from=100000", "&from=3&until=200000", "&until=9")) {
        for (int points : List.of(4, 60, 2_000)) {
          check(range, points);
        }
      }
      if (round == 0) {
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(index()));
      } else if (round == 1) {
        scene.close();
        assertThat(index()).exists();
        scene = ServerScene.open(directory);
      }
    }
  }

  @Test
  void an_index_that_is_broken_is_made_anew_and_no_answer_changes() throws IOException {
    await().atMost(Duration.ofMinutes(1)).until(() -> sizeOfIndex() > 100_000);
    byte[] whole = Files.readAllBytes(index());
    for (int place = 3_000; place < whole.length; place++) {
      whole[place] ^= 1;
    }
    Files.write(index(), whole);

    check("", 60);
    check("&from=77&until=230000", 2_000);

    await().atMost(Duration.ofMinutes(1)).until(() -> sizeOfIndex() > 100_000);
    check("&from=77&until=230000", 2_000);
  }

  @Test
  void it_goes_with_its_run() {
    await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(index()));
    assertThat(scene.change("DELETE", "/api/v1/runs/long", "").statusCode()).isEqualTo(200);
    assertThat(index()).doesNotExist();
    assertThat(scene.get("/api/v1/runs/long/metrics?points=60").statusCode()).isEqualTo(404);
  }

  @Test
  void metrics_that_are_not_there_are_told_as_before() {
    await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(index()));
    HttpResponse<byte[]> answer =
        scene.get("/api/v1/runs/long/metrics?points=60&metric=dense&metric=nothing");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(text(answer)).contains("nothing");
  }

  @Test
  void more_values_than_the_server_may_hold_are_refused_with_what_to_ask_for_instead() {
    scene.close();
    scene = ServerScene.narrow(directory, 20_000);
    String path = "/api/v1/runs/long/metrics";
    for (String query : List.of("", "?metric=dense", "?attempt=1", "?at-sequence=200")) {
      for (String accept : List.of("application/json", "text/csv", SERIES)) {
        HttpResponse<byte[]> answer = scene.get(path + query, "Accept", accept);
        assertThat(answer.statusCode()).as("%s as %s", query, accept).isEqualTo(413);
        assertThat(text(answer)).contains("too-many-values", "points, metric, from, until");
      }
    }
    assertThat(scene.get(path + "?points=60").statusCode()).isEqualTo(200);
    assertThat(scene.get(path + "?points=60&at-sequence=200").statusCode()).isEqualTo(200);
    assertThat(scene.get(path + "?points=60&attempt=1").statusCode()).isEqualTo(200);
    assertThat(scene.get(path + "?points=100000").statusCode()).isEqualTo(413);
    assertThat(scene.get(path + "?from=100&until=5000").statusCode()).isEqualTo(200);
  }

  private Path index() {
    return Home.at(directory).series().resolve("long.series");
  }

  private long sizeOfIndex() throws IOException {
    return Files.exists(index()) ? Files.size(index()) : 0;
  }

  private void check(String range, int points) {
    Map<String, Object> answer = scene.json("/api/v1/runs/long/metrics?points=" + points + range);
    List<Map<String, Object>> series = objects(answer.get("series"));
    assertThat(series).extracting(each -> each.get("metric")).containsExactly("dense", "rare");
    int from = bound(range, "from=", 0);
    int until = bound(range, "until=", STEPS - 1);
    check(series.get(0), step -> true, from, until, points);
    check(series.get(1), step -> step % 20 == 0, from, until, points);
  }

  private static int bound(String range, String name, int otherwise) {
    int at = range.indexOf(name);
    return at < 0
        ? otherwise
        : Integer.parseInt(range.substring(at + name.length()).replaceAll("&.*", ""));
  }

  private static void check(
      Map<String, Object> series, IntPredicate recorded, int from, int until, int points) {
    List<Integer> all = IntStream.rangeClosed(from, until).filter(recorded).boxed().toList();
    assertThat(((Number) series.get("total")).intValue()).isEqualTo(all.size());
    Map<Integer, Float> kept = new HashMap<>();
    List<Integer> order = new ArrayList<>();
    List<?> steps = (List<?>) series.get("steps");
    List<?> values = (List<?>) series.get("values");
    for (int i = 0; i < steps.size(); i++) {
      int step = ((Number) steps.get(i)).intValue();
      order.add(step);
      kept.put(step, ((Number) values.get(i)).floatValue());
    }
    assertThat(order).isSorted().doesNotHaveDuplicates();
    assertThat(order.size()).isLessThanOrEqualTo(Math.max(points, 0));
    assertThat(new HashSet<>(all).containsAll(order)).as("all are recorded").isTrue();
    kept.forEach((step, value) -> assertThat(value).isEqualTo(value(step)));
    if (all.size() <= points) {
      assertThat(order).isEqualTo(all);
      return;
    }
    assertThat(series).containsEntry("thinned", true);
    assertThat(order).contains(all.get(0), all.get(all.size() - 1));
    float most = all.stream().map(LongSeriesTest::value).max(Float::compare).orElseThrow();
    float least = all.stream().map(LongSeriesTest::value).min(Float::compare).orElseThrow();
    assertThat(kept.values()).contains(most, least);
  }

  private static float value(int step) {
    return step == SPIKE ? 50 : (float) Math.sin(step * 0.001) + step % 7;
  }

  private static void write(Path directory) {
    try (HomeLock lock = Home.at(directory).lockForWriting("test");
        RocksStore store =
            RocksStore.open(lock.home().journal(), StoreOptions.defaults(), Clock.systemUTC())) {
      ImportedRunWriter writer =
          ImportedRunWriter.begin(
              store,
              Clock.systemUTC(),
              new RunImported(
                  LONG,
                  "test",
                  ImportOrigin.EXTERNAL,
                  new TreeMap<>(),
                  Optional.empty(),
                  new CodeProvenance("test", Optional.empty(), false, Optional.empty())),
              Optional.empty());
      writer.start(new Catalogue(List.of(metric("dense"), metric("rare"))));
      for (int from = 0; from < STEPS; from += FRAME) {
        writer.add(
            new MetricFrame(
                from,
                from + FRAME - 1,
                List.of(column("dense", from, 1), column("rare", from, 20))));
      }
      writer.end(AttemptEnd.COMPLETED, "");
    }
  }

  private static MetricDescriptor metric(String name) {
    return new MetricDescriptor(
        new MetricName(name), "", ColumnKind.F32, 1, "", "every step", true, false);
  }

  private static F32Column column(String name, int from, int every) {
    long[] steps = LongStream.range(from, from + FRAME).filter(step -> step % every == 0).toArray();
    float[] values = new float[steps.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value((int) steps[i]);
    }
    return new F32Column(new MetricName(name), Steps.of(steps), values);
  }
}
