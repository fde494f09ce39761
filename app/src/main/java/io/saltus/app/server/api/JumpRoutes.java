package io.saltus.app.server.api;

import io.saltus.app.json.Json;
import io.saltus.app.report.ComparisonJson;
import io.saltus.app.report.JumpsJson;
import io.saltus.app.report.RunComparison;
import io.saltus.app.server.http.Answer;
import io.saltus.app.server.http.EntityTag;
import io.saltus.app.server.http.HttpProblem;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AnalysisEvent;
import io.saltus.experiment.event.AnalysisEvent.AnalysisCompleted;
import io.saltus.experiment.event.AnalysisEvent.JumpDetected;
import io.saltus.experiment.event.AnalysisEvent.JumpSuspected;
import io.saltus.experiment.event.AnalysisEvent.JumpWithdrawn;
import io.saltus.experiment.event.AnalysisEvent.Remark;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.projection.CheckpointState;
import io.saltus.persistence.runs.BesideEvent;
import io.saltus.persistence.runs.BesideStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was found in runs, what is kept of them, and runs side by side. */
final class JumpRoutes {

  private static final int MOST_COMPARED = 64;

  private final HomeReads reads;
  private final Tags tags;

  JumpRoutes(HomeReads reads, Tags tags) {
    this.reads = reads;
    this.tags = tags;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
                "/api/v1/runs/{run}/jumps",
                "The last analysis of a run, and what its monitor said",
                this::jumps)
            .giving("Jumps")
            .tagged(),
        Route.get(
                "/api/v1/runs/{run}/checkpoints",
                "The checkpoints of a run, each file looked at",
                this::checkpoints)
            .giving("Checkpoints")
            .tagged()
            .doing(Route.Work.MUCH_READING),
        Route.get(
                "/api/v1/compare",
                "Runs side by side",
                this::compare,
                Param.texts("run", "two or more").must())
            .giving("Comparison")
            .doing(Route.Work.MUCH_READING));
  }

  private Answer jumps(Call call) {
    RunId run = call.run();
    return reads.read(
        open ->
            tags.of(open, run)
                .and(BesideStream.ANALYSIS)
                .answer(call, () -> Answer.json(jumps(open, run))));
  }

  private static String jumps(HomeReads.Open open, RunId run) {
    RunRoutes.require(open, run);
    Optional<AnalysisCompleted> last = Optional.empty();
    Map<String, Remark> remarks = new LinkedHashMap<>();
    Iterator<BesideEvent<AnalysisEvent>> events =
        open.runs().beside(run, BesideStream.ANALYSIS).events(1, Long.MAX_VALUE);
    while (events.hasNext()) {
      AnalysisEvent event = events.next().event();
      if (event instanceof AnalysisCompleted completed) {
        last = Optional.of(completed);
      } else if (event instanceof Remark remark) {
        // The last word on a suspicion counts.
        remarks.put(remark.metric() + "@" + remark.suspectedStep(), remark);
      }
    }
    Optional<String> analysis = last.map(found -> JumpsJson.line(run, found));
    return Json.line(
        json -> {
          json.put("run", run.value());
          analysis.ifPresentOrElse(
              line -> json.putRaw("analysis", line), () -> json.putNull("analysis"));
          json.array(
              "monitor", all -> remarks.values().forEach(each -> all.add(one -> fill(one, each))));
        });
  }

  private static void fill(Json json, Remark remark) {
    json.put("metric", remark.metric().value()).put("suspectedStep", remark.suspectedStep());
    if (remark instanceof JumpSuspected suspected) {
      json.put("step", suspected.changeStep())
          .put("state", "suspected")
          .put("evidence", "it does what noise does not do: statistic " + suspected.statistic());
    } else if (remark instanceof JumpDetected detected) {
      json.put("step", detected.jump().midpoint())
          .put("state", "detected")
          .put("kind", detected.jump().kind().id())
          .put("evidence", detected.jump().evidence());
    } else if (remark instanceof JumpWithdrawn withdrawn) {
      json.put("step", withdrawn.suspectedStep())
          .put("state", "withdrawn")
          .put("evidence", withdrawn.reason());
    }
  }

  /** What becomes of their files stands in no event, so their tag is made of what is answered. */
  private Answer checkpoints(Call call) {
    RunId run = call.run();
    CheckpointStore store = CheckpointStore.at(reads.home().checkpoints());
    String line =
        reads.read(
            open -> {
              RunRoutes.require(open, run);
              List<CheckpointState> all = open.runs().state(run).checkpoints();
              return Json.line(
                  json ->
                      json.array(
                          "checkpoints",
                          array ->
                              all.forEach(
                                  each -> array.add(one -> fill(one, each, flaw(store, each))))));
            });
    EntityTag tag = EntityTag.ofContent(line.getBytes(StandardCharsets.UTF_8));
    return Answer.json(line).with(EntityTag.HEADER, tag.text());
  }

  private static Optional<String> flaw(CheckpointStore store, CheckpointState checkpoint) {
    Optional<String> now = store.flaw(checkpoint.sha256(), checkpoint.bytes());
    return now.or(() -> checkpoint.valid() ? Optional.empty() : Optional.of("was rejected before"));
  }

  private static void fill(Json json, CheckpointState checkpoint, Optional<String> flaw) {
    json.put("step", checkpoint.step())
        .put("bytes", checkpoint.bytes())
        .put("sha256", checkpoint.sha256().hex())
        .put("valid", flaw.isEmpty())
        .put("reason", flaw.orElse(null));
  }

  private Answer compare(Call call) {
    List<String> names = call.parameters().all("run");
    if (names.size() < 2 || names.size() > MOST_COMPARED) {
      throw HttpProblem.wrong("run", "two to " + MOST_COMPARED + " runs can be compared");
    }
    for (String name : names) {
      if (!RunId.isValid(name)) {
        throw HttpProblem.unknown("run", "there is no such run: run. GET /api/v1/runs lists all.");
      }
    }
    List<RunId> runs = names.stream().map(RunId::new).toList();
    return reads.read(
        open -> {
          runs.forEach(run -> RunRoutes.require(open, run));
          return Answer.json(ComparisonJson.line(RunComparison.of(open.runs(), runs)));
        });
  }
}
