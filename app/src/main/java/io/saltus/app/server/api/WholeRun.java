package io.saltus.app.server.api;

import io.saltus.app.json.Json;
import io.saltus.app.json.RecordJson;
import io.saltus.app.json.SpecJson;
import io.saltus.app.report.RunJson;
import io.saltus.app.report.RunView;
import io.saltus.app.server.http.Answer;
import io.saltus.app.server.http.HttpProblem;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent.RunSubmitted;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.read.StoredEvent;
import io.saltus.persistence.runs.BesideStream;
import java.util.Iterator;
import java.util.OptionalLong;

/** One run whole, now or as it was. */
final class WholeRun {

  private final HomeReads.Open open;
  private final RunId run;

  WholeRun(HomeReads.Open open, RunId run) {
    this.open = open;
    this.run = run;
  }

  /** With a tag that changes when anything of it does. */
  Answer answer(Parameters parameters) {
    RunRoutes.require(open, run);
    OptionalLong step = parameters.whole("at-step");
    OptionalLong sequence = parameters.whole("at-sequence");
    if (step.isPresent() && sequence.isPresent()) {
      throw HttpProblem.wrong("at-step", "it stands beside at-sequence");
    }
    return Answer.json(line(view(step, sequence))).with("ETag", tag());
  }

  /** As it is now. */
  String line() {
    return line(open.views().now(open.runs().state(run)));
  }

  private RunView view(OptionalLong step, OptionalLong sequence) {
    RunState now = open.runs().state(run);
    if (step.isPresent()) {
      if (step.getAsLong() > now.step()) {
        throw HttpProblem.wrong(
            "at-step",
            run
                + (now.step() < 0
                    ? " has recorded nothing yet"
                    : " has recorded steps 0 to " + now.step()));
      }
      return open.views().part(open.runs().stateUntilStep(run, step.getAsLong()));
    }
    if (sequence.isPresent()) {
      if (sequence.getAsLong() > now.lastSequence()) {
        throw HttpProblem.wrong("at-sequence", run + " has events 1 to " + now.lastSequence());
      }
      return open.views().part(open.runs().stateUntilSequence(run, sequence.getAsLong()));
    }
    return open.views().now(now);
  }

  private String tag() {
    long analyses = open.journal().highestSequence(BesideStream.ANALYSIS.persistenceId(run));
    return "W/\"" + lastOffset(open.runs().state(run)) + "." + analyses + "\"";
  }

  private long lastOffset(RunState state) {
    Iterator<StoredEvent> last =
        open.journal().events("run|" + run, state.lastSequence(), state.lastSequence());
    return last.hasNext() ? last.next().offset() : 0;
  }

  private String line(RunView view) {
    RunState state = view.state();
    RunSubmitted submitted = state.submission().orElseThrow();
    return Json.line(
        json -> {
          RunJson.fill(json, view);
          json.put("name", state.annotations().displayName().orElse(view.run()));
          if (view.imported().isPresent()) {
            json.putNull("specDigest").putNull("provenance");
          } else {
            json.object("spec", SpecJson.of(submitted.spec()));
            json.put("specDigest", submitted.specDigest().hex());
            json.object("provenance", provenance -> provenance(provenance, submitted, state));
          }
          json.put("lastOffset", lastOffset(state));
        });
  }

  private static void provenance(Json json, RunSubmitted submitted, RunState state) {
    json.object("code", code -> RecordJson.fill(code, submitted.code()));
    json.array(
        "inputs",
        inputs ->
            submitted.inputs().forEach(input -> inputs.add(each -> RecordJson.fill(each, input))));
    state
        .latestAttempt()
        .ifPresentOrElse(
            attempt ->
                json.object(
                    "environment",
                    environment -> RecordJson.fill(environment, attempt.fingerprint())),
            () -> json.putNull("environment"));
  }
}
