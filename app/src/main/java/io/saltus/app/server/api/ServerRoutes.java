package io.saltus.app.server.api;

import io.saltus.app.BuildFacts;
import io.saltus.app.json.Json;
import io.saltus.app.server.guard.Access;
import io.saltus.app.server.http.Answer;
import io.saltus.app.server.http.HttpProblem;
import io.saltus.app.server.live.Streams;
import io.saltus.app.server.live.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The server itself: what it is, how it is, and what goes on. */
final class ServerRoutes {

  private static final int MOST_TOPICS = 64;
  private static final String EVENT_STREAM = "text/event-stream";
  private static final String LAST_ID = "Last-Event-ID";
  private static final long GREATEST_ID = 999_999_999_999_999_999L;

  private final HomeReads reads;
  private final Streams streams;
  private final ServiceMetrics metrics;
  private final Instant started;
  private final Closing closing;

  ServerRoutes(
      HomeReads reads, Streams streams, ServiceMetrics metrics, Instant started, Closing closing) {
    this.reads = reads;
    this.streams = streams;
    this.metrics = metrics;
    this.started = started;
    this.closing = closing;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1", "What this server is", this::root)
            .giving("Server")
            .doing(Route.Work.NONE),
        Route.get(
                "/api/v1/stream",
                "What goes on, as server-sent events",
                this::stream,
                Param.texts("topic", "runs, devices, run:ID or study:ID").must(),
                Param.header(LAST_ID, 0, GREATEST_ID, "goes on after that message"))
            .givingAlso(EVENT_STREAM)
            .doing(Route.Work.NONE),
        Route.get("/metrics", "Figures of the service, as OpenMetrics", this::figures)
            .givingAlso(ServiceMetrics.TYPE),
        Route.get("/health/live", "Whether the process lives", call -> fine())
            .giving("Health")
            .open()
            .doing(Route.Work.NONE),
        Route.get("/health/ready", "Whether it can be asked", this::ready)
            .giving("Health")
            .open()
            .doing(Route.Work.NONE));
  }

  private Answer root(Call call) {
    return Answer.json(
        Json.line(
            json ->
                json.put("saltus", BuildFacts.read().version())
                    .put("offset", reads.journal().durableOffset())
                    .put("started", started.toString())
                    .put("writable", call.access() == Access.FULL)
                    .object("plots", plots -> {})
                    .array("dataSets", names -> reads.dataSets().forEach(names::add))));
  }

  private Answer stream(Call call) {
    List<String> words = call.parameters().all("topic");
    if (words.isEmpty() || words.size() > MOST_TOPICS) {
      throw HttpProblem.wrong("topic", "one to " + MOST_TOPICS + " are wanted");
    }
    Topics topics =
        Topics.parse(words)
            .orElseThrow(
                () -> HttpProblem.wrong("topic", "one is none of runs, devices, run:ID, study:ID"));
    Optional<Long> after = lastId(call);
    return new Answer(
        200,
        List.of(
            new Answer.Header("Cache-Control", "no-store"),
            new Answer.Header("X-Accel-Buffering", "no")),
        EVENT_STREAM,
        new Answer.Flowing(streams.open(topics, after)));
  }

  private static Optional<Long> lastId(Call call) {
    if (!call.request().has(LAST_ID)) {
      return Optional.empty();
    }
    String id = call.request().header(LAST_ID).orElse("");
    if (id.isEmpty()) {
      return Optional.empty();
    }
    if (!id.matches("[0-9]{1,18}")) {
      throw HttpProblem.wrong(LAST_ID, "it is no offset of the journal");
    }
    return Optional.of(Long.parseLong(id));
  }

  private Answer figures(Call call) {
    return Answer.of(200, ServiceMetrics.TYPE, metrics.text());
  }

  private static Answer fine() {
    return Answer.json("{\"status\":\"ok\"}");
  }

  private Answer ready(Call call) {
    if (closing.isBegun() || !reads.feed().isReady()) {
      throw HttpProblem.busy("the server is not ready: it has begun just now, or is about to end.");
    }
    return fine();
  }
}
