package io.saltus.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.saltus.app.server.EventStream.Message;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes on, told to those who look on. */
@Timeout(180)
class StreamTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path directory;
  private ServerScene scene;

  @BeforeEach
  void begin() {
    scene = ServerScene.open(directory);
  }

  @AfterEach
  void end() {
    scene.close();
  }

  private EventStream open(String topics, String lastId) throws IOException, InterruptedException {
    HttpRequest.Builder request = scene.request("/api/v1/stream?" + topics);
    if (!lastId.isEmpty()) {
      request.header("Last-Event-ID", lastId);
    }
    return EventStream.open(request.build());
  }

  private static List<Long> sequences(List<Message> messages) {
    return messages.stream()
        .map(Message::data)
        .filter(data -> data.contains("\"stream\":\"run\""))
        .map(data -> Long.parseLong(data.replaceFirst(".*?\"sequence\":(\\d+).*", "$1")))
        .toList();
  }

  private long lastSequence(String run) {
    return ((BigDecimal) scene.json("/api/v1/runs/" + run).get("lastSequence")).longValueExact();
  }

  @Test
  void it_begins_with_where_it_begins_and_tells_what_follows() throws Exception {
    try (EventStream stream = open("topic=run:a", "")) {
      await().atMost(SOON).until(() -> !stream.of("hello").isEmpty());
      scene.run("a", 200);
      long last = lastSequence("a");
      await().atMost(SOON).until(() -> sequences(stream.of("event")).contains(last));

      assertThat(sequences(stream.of("event")))
          .isEqualTo(LongStream.rangeClosed(1, last).boxed().toList());
      assertThat(stream.messages().get(0).event()).isEqualTo("hello");
      assertThat(stream.messages()).allMatch(message -> !message.id().isEmpty());
    }
  }

  @Test
  void a_reader_that_is_cut_off_again_and_again_misses_nothing_and_hears_nothing_twice()
      throws Exception {
    scene.start("a", 3_000);
    scene.awaitStatus("a", "running");
    Random random = new Random(5);
    List<Message> heard = new ArrayList<>();
    String id = "0";
    while (true) {
      int wanted = 1 + random.nextInt(8);
      try (EventStream stream = open("topic=run:a&topic=runs", id)) {
        await().atMost(SOON).until(() -> stream.of("event").size() >= wanted || isOver(stream));
        List<Message> events = stream.of("event");
        heard.addAll(events);
        id = events.isEmpty() ? id : events.get(events.size() - 1).id();
      }
      if (heard.stream().anyMatch(message -> message.data().contains("\"RunCompleted\""))) {
        break;
      }
    }
    long last = lastSequence("a");
    assertThat(sequences(heard)).isEqualTo(LongStream.rangeClosed(1, last).boxed().toList());
  }

  private static boolean isOver(EventStream stream) {
    return stream.of("event").stream()
        .anyMatch(message -> message.data().contains("\"RunCompleted\""));
  }

  @Test
  void runs_at_a_glance_are_told_when_they_change_and_end_as_they_are() throws Exception {
    try (EventStream stream = open("topic=runs", "")) {
      await().atMost(SOON).until(() -> !stream.of("hello").isEmpty());
      scene.run("a", 200);
      await()
          .atMost(SOON)
          .until(
              () ->
                  stream.of("summary").stream()
                      .anyMatch(message -> message.data().contains("\"status\":\"completed\"")));
      List<Message> told = stream.of("summary");
      assertThat(told.get(0).data()).contains("\"run\":\"a\"").doesNotContain("\"spark\"");
      assertThat(scene.change("DELETE", "/api/v1/runs/a", "").statusCode()).isEqualTo(200);
      await().atMost(SOON).until(() -> !stream.of("deleted").isEmpty());
      assertThat(stream.of("deleted").get(0).data()).isEqualTo("{\"run\":\"a\"}");
    }
  }

  @Test
  void what_changed_while_nobody_listened_is_told_to_who_comes_back() throws Exception {
    scene.run("a", 60);
    scene.awaitStatus("a", "completed");
    Map<String, Object> list = scene.json("/api/v1/runs");
    scene.run("b", 60);
    scene.awaitStatus("b", "completed");
    try (EventStream stream =
        open("topic=runs&topic=devices", String.valueOf(list.get("offset")))) {
      await()
          .atMost(SOON)
          .until(
              () ->
                  stream.of("summary").stream()
                          .anyMatch(message -> message.data().contains("\"run\":\"b\""))
                      && !stream.of("devices").isEmpty());
    }
  }

  @Test
  void an_offset_that_is_not_reached_yet_is_none() throws Exception {
    scene.run("a", 60);
    scene.awaitStatus("a", "completed");
    try (EventStream stream = open("topic=run:a", "999999")) {
      await().atMost(SOON).until(() -> !stream.of("hello").isEmpty());
      assertThat(Long.parseLong(stream.of("hello").get(0).id())).isLessThan(999_999);
    }
  }

  @Test
  void words_on_a_run_are_told_as_events() throws Exception {
    scene.run("a", 60);
    scene.awaitStatus("a", "completed");
    try (EventStream stream = open("topic=run:a", "")) {
      await().atMost(SOON).until(() -> !stream.of("hello").isEmpty());
      scene.change("PATCH", "/api/v1/runs/a", "{\"note\":\"</script>\"}");
      await()
          .atMost(SOON)
          .until(
              () ->
                  stream.of("event").stream()
                      .anyMatch(message -> message.data().contains("RunAnnotated")));
    }
  }

  @Test
  void the_end_of_the_server_is_the_end_of_its_streams() throws Exception {
    EventStream stream = open("topic=runs", "");
    await().atMost(SOON).until(() -> !stream.of("hello").isEmpty());
    scene.close();
    await().atMost(SOON).until(stream::hasEnded);
    scene = ServerScene.open(directory);
    assertThat(scene.saltus().journal().durableOffset()).isNotNegative();
  }
}
