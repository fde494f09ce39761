package io.saltus.app.server;

import static io.saltus.app.server.ServerScene.objects;
import static io.saltus.app.server.ServerScene.parse;
import static io.saltus.app.server.ServerScene.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.OnDivergence;
import io.saltus.testkit.Mishap;
import io.saltus.testkit.Script;
import io.saltus.testkit.SpecDraft;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run as it was, whose history was rewound, and of which there is a fork. */
@Timeout(180)
class TimeTravelTest {

  private static final MetricName LOSS = new MetricName("train.loss");
  private static final long STEPS = 200;
  private static final String RUN = "/api/v1/runs/a";

  @TempDir static Path directory;
  private static ServerScene scene;

  @BeforeAll
  static void begin() {
    ExperimentSpec spec =
        SpecDraft.of(ServerScene.spec(STEPS))
            .overlap(20)
            .onDivergence(OnDivergence.CONTINUE_FLAGGED)
            .spec();
    try (ServerScene failing =
        new ServerScene(directory, slowly().with(190, new Mishap.Failure("bad luck")))) {
      failing.run("a", spec);
      failing.awaitStatus("a", "failed");
    }
    scene = new ServerScene(directory, Script.learning().differing(LOSS, 180, 0.25, 1));
    change("/resume", "{}");
    scene.awaitStatus("a", "completed");
    change("/fork", "{\"step\":150,\"name\":\"f\"}");
    scene.awaitStatus("f", "completed");
    HttpResponse<byte[]> noted = scene.change("PATCH", RUN, "{\"note\":\"after the fork\"}");
    assertThat(noted.statusCode()).as(text(noted)).isEqualTo(200);
  }

  /** So that states are saved on the way, for which nothing waits. */
  private static Script slowly() {
    return Script.learning().beforeStep(step -> LockSupport.parkNanos(1_000_000));
  }

  private static void change(String what, String body) {
    HttpResponse<byte[]> response = scene.post(RUN + what, body);
    assertThat(response.statusCode()).as(text(response)).isBetween(201, 202);
  }

  @AfterAll
  static void end() {
    scene.close();
  }

  private static long whole(Object number) {
    return ((BigDecimal) number).longValueExact();
  }

  private static List<Map<String, Object>> events() {
    return objects(scene.json(RUN + "/events?limit=1000").get("events"));
  }

  private static Map<?, ?> data(Map<String, Object> event) {
    return (Map<?, ?>) event.get("data");
  }

  /** The last event before today's history goes beyond a step, looked for event by event. */
  private static long lastBefore(List<Map<String, Object>> events, long step) {
    for (Map<String, Object> event : events) {
      long sequence = whole(event.get("sequence"));
      if (event.get("type").equals("MetricsRecorded")) {
        Map<?, ?> frame = (Map<?, ?>) data(event).get("frame");
        long limit =
            events.stream()
                .filter(each -> each.get("type").equals("HistoryRewound"))
                .filter(each -> whole(each.get("sequence")) > sequence)
                .mapToLong(each -> whole(data(each).get("toStep")))
                .min()
                .orElse(Long.MAX_VALUE);
        if (whole(frame.get("from")) <= limit
            && Math.min(whole(frame.get("until")), limit) > step) {
          return sequence - 1;
        }
      }
    }
    return whole(events.get(events.size() - 1).get("sequence"));
  }

  @Test
  void a_step_means_the_same_event_in_history_and_events() {
    List<Map<String, Object>> events = events();
    assertThat(events).extracting(event -> event.get("type")).contains("HistoryRewound");
    for (long step = 0; step <= STEPS; step++) {
      long last = lastBefore(events, step);
      String at = "at-step=" + step;
      assertThat(scene.json(RUN + "/history?" + at))
          .as(at)
          .isEqualTo(scene.json(RUN + "/history?at-sequence=" + last));
      assertThat(objects(scene.json(RUN + "/events?limit=1000&" + at).get("events")))
          .as(at)
          .isEqualTo(
              events.stream().filter(event -> whole(event.get("sequence")) <= last).toList());
    }
  }

  @Test
  void what_was_superseded_is_no_part_of_the_history_of_its_steps() {
    Map<String, Object> rewind = objects(scene.json(RUN + "/history").get("rewinds")).get(0);
    long to = whole(rewind.get("to"));
    assertThat(to).isBetween(1L, 179L);

    assertThat(objects(scene.json(RUN + "/history?at-step=" + (to - 1)).get("rewinds"))).isEmpty();
    assertThat(objects(scene.json(RUN + "/history?at-step=" + to).get("rewinds")))
        .containsExactly(rewind);
    assertThat(loss("until=180")).as("today's").isEqualTo(new BigDecimal("0.25"));
    assertThat(loss("until=180&attempt=1")).as("superseded").isNotEqualTo(new BigDecimal("0.25"));
  }

  private static Object loss(String range) {
    Map<String, Object> series =
        objects(scene.json(RUN + "/metrics?metric=train.loss&from=180&" + range).get("series"))
            .get(0);
    return ((List<?>) series.get("values")).get(0);
  }

  @Test
  void events_of_a_step_come_in_pages_too() {
    List<Map<String, Object>> all =
        objects(scene.json(RUN + "/events?limit=1000&order=desc&at-step=199").get("events"));
    Map<String, Object> first = scene.json(RUN + "/events?limit=3&order=desc&at-step=199");
    Map<String, Object> second =
        scene.json(
            RUN + "/events?limit=3&order=desc&at-step=199&until-seq=" + whole(first.get("next")));

    assertThat(objects(first.get("events"))).isEqualTo(all.subList(0, 3));
    assertThat(objects(second.get("events"))).isEqualTo(all.subList(3, 6));
  }

  @Test
  void forks_are_those_that_had_been_submitted_by_then() {
    long last = whole(scene.json(RUN).get("lastSequence"));

    assertThat(forks("")).containsExactly("f");
    assertThat(forks("?at-sequence=" + last)).containsExactly("f");
    assertThat(forks("?at-sequence=" + (last - 1))).isEmpty();
    assertThat(forks("?at-step=" + STEPS)).containsExactly("f");
    assertThat(forks("?at-step=" + (STEPS - 1))).isEmpty();
  }

  private static List<Object> forks(String query) {
    return objects(scene.json(RUN + "/history" + query).get("forks")).stream()
        .map(fork -> fork.get("run"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/history?at-step=1&at-sequence=1 | at-step, at-sequence | it stands beside at-sequence",
        "?at-step=1&at-sequence=1 | at-step, at-sequence | it stands beside at-sequence",
        "/history?at-step=201 | at-step | a has recorded steps 0 to 200",
        "/events?at-step=201 | at-step | a has recorded steps 0 to 200",
        "/history?at-sequence=100000 | at-sequence | a has events 1 to ",
        "/events?at-step=1&stream=analysis | at-step | it stands beside stream=analysis",
      })
  void a_moment_that_there_is_not_is_refused(String query, String named, String words) {
    HttpResponse<byte[]> refused = scene.get(RUN + query);

    assertThat(refused.statusCode()).as(text(refused)).isEqualTo(400);
    List<Map<String, Object>> errors = objects(parse(refused).get("errors"));
    assertThat(errors)
        .extracting(error -> error.get("parameter"))
        .containsExactly((Object[]) named.split(", ", -1));
    assertThat((String) errors.get(0).get("detail")).startsWith(words);
  }
}
