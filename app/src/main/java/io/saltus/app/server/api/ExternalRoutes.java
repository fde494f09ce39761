package io.saltus.app.server.api;

import io.saltus.app.Saltus;
import io.saltus.app.external.ExternalRun;
import io.saltus.app.external.Progress;
import io.saltus.app.json.Json;
import io.saltus.app.server.http.Answer;
import io.saltus.app.server.http.HttpProblem;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.metric.MetricFrame;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What training loops in other languages tell about their runs. */
final class ExternalRoutes {

  private static final Map<String, AttemptEnd> ENDS =
      Map.of("completed", AttemptEnd.COMPLETED, "failed", AttemptEnd.EXCEPTION);

  private final HomeReads reads;
  private final Saltus saltus;
  private final Closing closing;

  ExternalRoutes(HomeReads reads, Saltus saltus, Closing closing) {
    this.reads = reads;
    this.saltus = saltus;
    this.closing = closing;
  }

  List<Route> routes() {
    return List.of(
        Route.change(
                "POST",
                "/api/v1/external",
                "Begin a run that another program computes",
                this::begin,
                Field.text("experiment", "what its runs are called by").must(),
                Field.text("name", "what it is shown as"),
                Field.whole("seed", "a parameter like others"),
                Field.object("parameters", "texts, numbers and truth values by names"),
                Field.object("tags", "texts by keys"),
                Field.text("note", "for people"),
                Field.array("metrics", "names, or objects of a name and a unit; others may join"))
            .giving("Run"),
        Route.recording(
                "/api/v1/runs/{run}/frames",
                "Record metrics of further steps of a run that another program computes",
                this::frames,
                Field.array("steps", "whole numbers, ascending").must(),
                Field.object("metrics", "by name as many values as steps; null is none").must())
            .giving("Recorded"),
        Route.recording(
                "/api/v1/runs/{run}/end",
                "Say what became of a run that another program computes",
                this::end,
                Field.text("status", "completed or failed").must(),
                Field.text("message", "what went wrong"))
            .giving("Recorded"));
  }

  private Answer begin(Call call) {
    closing.refuse();
    ExternalRun wanted =
        new ExternalBody(call.fields(), new Wishes(call.fields(), reads.specs())).read();
    RunId run = saltus.external().begin(wanted);
    return Answer.json(201, reads.read(open -> new WholeRun(open, run).line()))
        .with("Location", "/api/v1/runs/" + run);
  }

  private CompletionStage<Answer> frames(Call call) {
    closing.refuse();
    RunId run = call.run();
    MetricFrame frame = FrameBody.read(call.fields());
    return saltus.external().record(run, frame).thenApply(done -> shown(run, done));
  }

  private CompletionStage<Answer> end(Call call) {
    closing.refuse();
    RunId run = call.run();
    AttemptEnd cause =
        Optional.ofNullable(ENDS.get(call.fields().text("status").orElse("")))
            .orElseThrow(
                () -> HttpProblem.wrong("status", "it is neither 'completed' nor 'failed'"));
    return saltus
        .external()
        .end(run, cause, call.fields().text("message").orElse(""))
        .thenApply(done -> shown(run, done));
  }

  private static Answer shown(RunId run, Progress progress) {
    return Answer.json(
        Json.line(
            json -> {
              json.put("run", run.value());
              if (progress.step() < 0) {
                json.putNull("step");
              } else {
                json.put("step", progress.step());
              }
              json.put("sequence", progress.sequence()).put("recorded", progress.recorded());
            }));
  }
}
