package io.saltus.app.server;

import static io.saltus.app.server.ServerScene.parse;
import static io.saltus.app.server.ServerScene.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** A training loop in another language, as a server sees it. */
final class Loop {

  private final ServerScene scene;
  private final String run;

  private Loop(ServerScene scene, String run) {
    this.scene = scene;
    this.run = run;
  }

  /** Begins a run. */
  static Loop begin(ServerScene scene, String body) {
    HttpResponse<byte[]> begun = scene.post("/api/v1/external", body);
    assertThat(begun.statusCode()).as(text(begun)).isEqualTo(201);
    String run = (String) parse(begun).get("run");
    assertThat(begun.headers().firstValue("Location")).contains("/api/v1/runs/" + run);
    return new Loop(scene, run);
  }

  static Loop begin(ServerScene scene) {
    return begin(scene, "{\"experiment\":\"loop\"}");
  }

  /** The same run on another server. */
  Loop at(ServerScene other) {
    return new Loop(other, run);
  }

  String run() {
    return run;
  }

  String path() {
    return "/api/v1/runs/" + run;
  }

  Map<String, Object> shown() {
    return scene.json(path());
  }

  HttpResponse<byte[]> send(String frame) {
    return scene.post(path() + "/frames", frame);
  }

  /** Sends a frame that is taken; how many values of it were new. */
  int record(String frame) {
    HttpResponse<byte[]> answer = send(frame);
    assertThat(answer.statusCode()).as(frame + ": " + text(answer)).isEqualTo(200);
    return number(parse(answer).get("recorded"));
  }

  /** Sends one value, which is its step. */
  int tell(int step) {
    return record("{\"steps\":[%d],\"metrics\":{\"loss\":[%d.5]}}".formatted(step, step));
  }

  HttpResponse<byte[]> end(String body) {
    return scene.post(path() + "/end", body);
  }

  /** The recorded values of a metric, as they stand in JSON. */
  List<?> values(String metric) {
    return (List<?>) series(metric).get("values");
  }

  List<?> steps(String metric) {
    return (List<?>) series(metric).get("steps");
  }

  Map<String, Object> series(String metric) {
    List<Map<String, Object>> all =
        ServerScene.objects(scene.json(path() + "/metrics?metric=" + metric).get("series"));
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  /** Its events, in order. */
  List<Map<String, Object>> events() {
    return ServerScene.objects(scene.json(path() + "/events?limit=1000").get("events"));
  }

  static int number(Object value) {
    return ((BigDecimal) value).intValueExact();
  }
}
