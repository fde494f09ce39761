package io.saltus.app.server;

import static io.saltus.app.server.Loop.number;
import static io.saltus.app.server.ServerScene.objects;
import static io.saltus.app.server.ServerScene.parse;
import static io.saltus.app.server.ServerScene.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs of training loops in other languages, which tell their metrics over HTTP. */
@Timeout(180)
class ExternalRunsTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir static Path directory;
  private static ServerScene scene;

  @BeforeAll
  static void begin() {
    scene = ServerScene.open(directory);
    scene.run("ours", 60);
  }

  @AfterAll
  static void end() {
    scene.close();
  }

  private static void expect(int status, HttpResponse<byte[]> response) {
    assertThat(response.statusCode()).as(text(response)).isEqualTo(status);
  }

  @Test
  void a_loop_tells_its_metrics_and_then_its_end() {
    Loop loop =
        Loop.begin(
            scene,
            """
            {"experiment":"cnn","name":"My CNN","seed":7,"note":"n","tags":{"k":"v"},
             "parameters":{"lr":1e-3,"optimizer":"adam","amp":true},
             "metrics":["accuracy",{"name":"loss","unit":"nats"}]}
            """);
    assertThat(loop.run()).matches("cnn-\\d{8}-[a-z0-9]{4}");

    assertThat(
            loop.record(
                "{\"steps\":[0,1,5],\"metrics\":{\"loss\":[2.5,null,0.5],\"accuracy\":[0,0.1,1]}}"))
        .isEqualTo(5);

    Map<String, Object> shown = loop.shown();
    assertThat(shown)
        .containsEntry("status", "imported")
        .containsEntry("origin", "external")
        .containsEntry("open", true)
        .containsEntry("exact", null)
        .containsEntry("spec", null)
        .containsEntry("name", "My CNN")
        .containsEntry("note", "n")
        .containsEntry("tags", Map.of("k", "v"))
        .containsEntry(
            "parameters", Map.of("lr", "0.001", "optimizer", "adam", "amp", "true", "seed", "7"));
    assertThat(shown.get("exactReason")).asString().contains("computed elsewhere");
    assertThat(loop.series("loss")).containsEntry("unit", "nats");
    assertThat(loop.steps("loss")).hasToString("[0, 5]");
    assertThat(loop.values("accuracy")).hasToString("[0, 0.1, 1]");

    HttpResponse<byte[]> ended = loop.end("{\"status\":\"completed\"}");
    expect(200, ended);
    assertThat(number(parse(ended).get("step"))).isEqualTo(5);
    assertThat(loop.shown()).containsEntry("open", false).containsEntry("error", null);
    expect(200, loop.end("{\"status\":\"completed\"}"));
    HttpResponse<byte[]> otherwise = loop.end("{\"status\":\"failed\",\"message\":\"m\"}");
    expect(409, otherwise);
    assertThat(text(otherwise)).contains("has ended already, completed");
  }

  @Test
  void a_run_whose_name_was_lost_with_its_answer_is_found_and_ended() {
    Loop lost = Loop.begin(scene, "{\"experiment\":\"lost\",\"tags\":{\"of\":\"job-17\"}}");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(
                        objects(
                            scene
                                .json("/api/v1/runs?where=tag.of:job-17%20AND%20events:2")
                                .get("runs")))
                    .extracting(each -> each.get("run"))
                    .containsExactly(lost.run()));
    expect(200, lost.end("{\"status\":\"failed\",\"message\":\"begun twice\"}"));
    assertThat(lost.shown()).containsEntry("open", false);
    expect(200, scene.change("DELETE", lost.path(), ""));
  }

  @Test
  void a_loop_that_failed_says_why() {
    Loop loop = Loop.begin(scene);
    expect(200, loop.end("{\"status\":\"failed\",\"message\":\"CUDA out of memory\"}"));

    assertThat(loop.shown()).containsEntry("open", false);
    assertThat(loop.shown().get("error"))
        .hasToString("{cause=exception, message=CUDA out of memory, step=0}");
    assertThat(loop.tell(0)).isEqualTo(1);
    assertThat(loop.shown()).containsEntry("open", true).containsEntry("error", null);
  }

  @Test
  void what_is_sent_again_after_a_lost_answer_is_there_once() {
    Loop loop = Loop.begin(scene);
    String frame = "{\"steps\":[1,2],\"metrics\":{\"loss\":[0.1,\"NaN\"]}}";
    assertThat(loop.record(frame)).isEqualTo(2);
    Object sequence = loop.shown().get("lastSequence");

    HttpResponse<byte[]> again = loop.send(frame);

    expect(200, again);
    assertThat(parse(again))
        .containsEntry("run", loop.run())
        .containsEntry("recorded", BigDecimal.ZERO)
        .containsEntry("step", BigDecimal.valueOf(2))
        .containsEntry("sequence", sequence);
    assertThat(loop.shown()).containsEntry("lastSequence", sequence);
    // A client that gathers while it waits sends more than before.
    assertThat(loop.record("{\"steps\":[1,2,3],\"metrics\":{\"loss\":[0.1,\"NaN\",0.3]}}"))
        .isEqualTo(1);
    assertThat(loop.values("loss")).hasToString("[0.1, NaN, 0.3]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[2]   | {'loss':[0.25]}         | step 2 of 'loss' is recorded as 0.2 already, not as 0.25",
        "[1,4] | {'loss':['NaN',0.4]}    | step 1 of 'loss' is recorded as 0.1 already, not as NaN",
        "[3]   | {'loss':[0.3]}          | step 3 of 'loss' comes too late",
        "[0]   | {'loss':[0.3]}          | step 0 of 'loss' comes too late",
        "[2,9] | {'val':[1,2]}           | step 2 of 'val' comes too late",
      })
  void what_contradicts_the_record_is_refused_as_a_whole(
      String steps, String metrics, String complaint) {
    Loop loop = Loop.begin(scene);
    loop.record("{\"steps\":[1,2,5],\"metrics\":{\"loss\":[0.1,0.2,0.5]}}");
    Object sequence = loop.shown().get("lastSequence");

    HttpResponse<byte[]> refused =
        loop.send("{'steps':%s,'metrics':%s}".formatted(steps, metrics).replace('\'', '"'));

    expect(409, refused);
    assertThat((String) parse(refused).get("detail")).startsWith(complaint).contains(loop.run());
    assertThat(loop.shown()).containsEntry("lastSequence", sequence);
    assertThat(loop.record("{\"steps\":[6],\"metrics\":{\"loss\":[0.6]}}")).isEqualTo(1);
  }

  @Test
  void metrics_that_come_later_simply_join() {
    Loop loop = Loop.begin(scene);
    loop.tell(0);
    assertThat(loop.record("{\"steps\":[1],\"metrics\":{\"loss\":[1.5],\"val/loss\":[2]}}"))
        .isEqualTo(2);
    loop.tell(2);

    assertThat(loop.steps("loss")).hasToString("[0, 1, 2]");
    assertThat(loop.steps("val/loss")).hasToString("[1]");
    assertThat(number(loop.shown().get("attempts"))).isEqualTo(2);
    assertThat(loop.shown().get("digest")).isNotNull();
  }

  @Test
  void what_is_not_finite_may_stand_as_python_writes_it() {
    Loop loop = Loop.begin(scene);
    loop.record("{\"steps\":[0,1,2,3],\"metrics\":{\"loss\":[NaN,Infinity,-Infinity,1e-300]}}");
    assertThat(loop.values("loss")).hasToString("[NaN, Infinity, -Infinity, 1E-300]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | steps: it is missing",
        "{'steps':[1]} | metrics: it is missing",
        "{'steps':[],'metrics':{'loss':[]}} | steps: there is none",
        "{'steps':[1],'metrics':{}} | metrics: 1 to 1000 are wanted",
        "{'steps':[1,1],'metrics':{'loss':[1,2]}} | steps: they do not ascend: 1 follows 1",
        "{'steps':[2,1],'metrics':{'loss':[1,2]}} | steps: they do not ascend: 1 follows 2",
        "{'steps':[-1],'metrics':{'loss':[1]}} | steps: at place 0 is no whole number",
        "{'steps':[0.5],'metrics':{'loss':[1]}} | steps: at place 0 is no whole number",
        "{'steps':['1'],'metrics':{'loss':[1]}} | steps: at place 0 is no whole number",
        "{'steps':[9007199254740993],'metrics':{'loss':[1]}} | steps: at place 0 is no whole",
        "{'steps':[1e999999999],'metrics':{'loss':[1]}} | steps: at place 0 is no whole number",
        "{'steps':[1],'metrics':{'loss':[1,2]}} | metrics.loss: 2 values stand for 1 steps",
        "{'steps':[1],'metrics':{'loss':1}} | metrics.loss: it is no array",
        "{'steps':[1],'metrics':{'loss':['x']}} | metrics.loss: at step 1 is no number",
        "{'steps':[1],'metrics':{'loss':[1e400]}} | metrics.loss: at step 1 is no number",
        "{'steps':[1],'metrics':{'loss':[[1]]}} | metrics.loss: at step 1 is no number",
        "{'steps':[1],'metrics':{'loss':[true]}} | metrics.loss: at step 1 is no number",
        "{'steps':[1],'metrics':{'../../etc':[1]}} | metrics: a metric's name is",
        "{'steps':[1],'metrics':{'Loss':[1]}} | metrics: a metric's name is",
        "{'steps':[1],'metrics':{'':[1]}} | metrics: a metric's name is",
        "{'steps':[1],'metrics':{'loss':[1]},'from':1} | from: there is no such key",
      })
  void a_frame_that_is_none_is_refused_in_words(String body, String complaint) {
    Loop loop = Loop.begin(scene);

    HttpResponse<byte[]> refused = loop.send(body.replace('\'', '"'));

    expect(400, refused);
    assertThat((String) parse(refused).get("detail")).startsWith(complaint);
    assertThat(number(loop.shown().get("events"))).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | experiment: it is missing",
        "{'experiment':'../../x'} | experiment: it is 1 to 40",
        "{'experiment':'A'} | experiment: it is 1 to 40",
        "{'experiment':'a','parameters':{'x':{}}} | parameters: a value is a text",
        "{'experiment':'a','parameters':{'x':null}} | parameters: a value is a text",
        "{'experiment':'a','parameters':{' ':1}} | parameters: a key is 1 to 200",
        "{'experiment':'a','seed':1,'parameters':{'seed':2}} | seed: it stands among",
        "{'experiment':'a','metrics':['a','a']} | metrics: 'a' stands twice",
        "{'experiment':'a','metrics':[1]} | metrics: one is neither a name nor",
        "{'experiment':'a','metrics':[{'unit':'s'}]} | metrics: one is neither a name nor",
        "{'experiment':'a','metrics':[{'name':'a','file':'x'}]} | metrics: one has other keys",
        "{'experiment':'a','metrics':['a b']} | metrics: a metric's name is",
        "{'experiment':'a','metrics':{'a':1}} | metrics: it is no array",
        "{'experiment':'a','tags':{'a=b':'c'}} | tags: a tag's key is",
      })
  void a_run_that_cannot_be_begun_is_refused_in_words(String body, String complaint) {
    HttpResponse<byte[]> refused = scene.post("/api/v1/external", body.replace('\'', '"'));

    expect(400, refused);
    assertThat((String) parse(refused).get("detail")).startsWith(complaint);
  }

  @Test
  void a_body_with_too_many_values_or_bytes_is_refused() {
    Loop loop = Loop.begin(scene);
    String ones = "1,".repeat(100_000) + "1";
    expect(400, loop.send("{\"steps\":[0],\"metrics\":{\"loss\":[" + ones + "]}}"));
    expect(413, loop.send("{\"steps\":[0],\"metrics\":{\"loss\":[1]}" + " ".repeat(1 << 20) + "}"));
    String steps = String.join(",", IntStream.range(0, 40_000).mapToObj(String::valueOf).toList());
    assertThat(loop.record("{\"steps\":[%s],\"metrics\":{\"loss\":[%s]}}".formatted(steps, steps)))
        .isEqualTo(40_000);
  }

  @Test
  void only_runs_that_were_begun_so_take_frames() {
    String frame = "{\"steps\":[99],\"metrics\":{\"loss\":[1]}}";
    HttpResponse<byte[]> ours = scene.post("/api/v1/runs/ours/frames", frame);
    expect(409, ours);
    assertThat(text(ours)).contains("was not begun for another program");
    expect(409, scene.post("/api/v1/runs/ours/end", "{\"status\":\"completed\"}"));
    expect(404, scene.post("/api/v1/runs/none/frames", frame));
    expect(404, scene.post("/api/v1/runs/..%2fa/frames", frame));
    expect(400, scene.post("/api/v1/runs/ours/end", "{\"status\":\"paused\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"pause | {}", "resume | {}", "cancel | {}", "extend | {'steps':9}"})
  void nothing_of_it_is_executed(String change, String body) {
    Loop loop = Loop.begin(scene);
    loop.tell(0);
    expect(409, scene.post(loop.path() + "/" + change, body.replace('\'', '"')));
    expect(409, scene.post(loop.path() + "/fork", "{\"step\":0}"));
    assertThat(loop.tell(1)).isEqualTo(1);
  }

  @Test
  void words_and_frames_go_the_same_way() {
    Loop loop = Loop.begin(scene);
    for (int step = 0; step < 5; step++) {
      loop.tell(step);
      expect(200, scene.change("PATCH", loop.path(), "{\"note\":\"at %d\"}".formatted(step)));
    }
    assertThat(loop.shown()).containsEntry("note", "at 4");
    assertThat(loop.events())
        .extracting(event -> number(event.get("sequence")))
        .isEqualTo(IntStream.rangeClosed(1, 12).boxed().toList());

    expect(200, scene.change("DELETE", loop.path(), ""));

    expect(404, scene.get(loop.path()));
    expect(404, loop.send("{\"steps\":[9],\"metrics\":{\"loss\":[1]}}"));
    expect(404, scene.change("DELETE", loop.path(), ""));
  }

  @Test
  void who_looks_on_sees_frames_as_they_come() throws Exception {
    Loop loop = Loop.begin(scene);
    try (EventStream stream =
        EventStream.open(
            scene.request("/api/v1/stream?topic=runs&topic=run:" + loop.run()).build())) {
      await().atMost(SOON).until(() -> !stream.of("hello").isEmpty());
      for (int step = 0; step < 3; step++) {
        int told = step + 1;
        loop.tell(step);
        await()
            .atMost(SOON)
            .until(() -> frames(stream).size() == told && !stream.of("summary").isEmpty());
      }
      assertThat(frames(stream).get(2)).contains("2.5");
    }
  }

  private static List<String> frames(EventStream stream) {
    return stream.of("event").stream()
        .map(EventStream.Message::data)
        .filter(data -> data.contains("MetricsRecorded"))
        .toList();
  }

  @Test
  void a_jump_is_found_in_what_another_program_computed() {
    Loop loop = Loop.begin(scene);
    Random random = new Random(3);
    List<String> values = new ArrayList<>();
    for (int step = 0; step < 600; step++) {
      values.add(Double.toString((step < 350 ? 2 : 0.5) + random.nextGaussian() * 0.02));
    }
    for (int from = 0; from < 600; from += 100) {
      loop.record(
          "{\"steps\":%s,\"metrics\":{\"validation.loss\":%s}}"
              .formatted(
                  LongStream.range(from, from + 100).boxed().toList(),
                  values.subList(from, from + 100)));
    }
    expect(202, scene.post(loop.path() + "/analyse", "{}"));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> scene.json(loop.path() + "/jumps").get("analysis") != null);
    Map<?, ?> analysis = (Map<?, ?>) scene.json(loop.path() + "/jumps").get("analysis");
    List<Map<String, Object>> jumps = objects(analysis.get("jumps"));
    assertThat(jumps).hasSize(1);
    assertThat(jumps.get(0).toString()).contains("350");
  }
}
