package io.saltus.app.server.api;

import io.saltus.app.json.Json;
import io.saltus.app.json.RecordJson;
import io.saltus.app.json.SpecJson;
import io.saltus.app.report.RunJson;
import io.saltus.app.report.RunView;
import io.saltus.app.server.http.Answer;
import io.saltus.app.server.http.HttpProblem;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.RunEvent.RunSubmitted;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
import io.saltus.persistence.read.StoredEvent;
import io.saltus.persistence.runs.BesideStream;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;

/** One run whole, now or as it was. */
final class WholeRun {

  private final HomeReads.Open open;
  private final RunId run;
  private final RunState now;

  /**
   * @throws HttpProblem where there is no such run
   */
  WholeRun(HomeReads.Open open, RunId run) {
    this.open = open;
    this.run = run;
    this.now = RunRoutes.state(open, run);
  }

  /** With a tag that changes when anything of it does. */
  Answer answer(Parameters parameters) {
    OptionalLong step = parameters.whole("at-step");
    OptionalLong sequence = parameters.whole("at-sequence");
    if (step.isPresent() && sequence.isPresent()) {
      throw HttpProblem.wrong("at-step", "it stands beside at-sequence");
    }
    RunView view = view(step, sequence);
    return Answer.json(line(view)).with("ETag", tag(view.status()));
  }

  /** As it is now. */
  String line() {
    return line(now());
  }

  /**
   * The digest of all that a run has recorded so far takes as long as the run is, and is another
   * one with the next frame: it is shown of runs that are not at work.
   */
  private RunView now() {
    RunView view = open.views().now(now);
    boolean atWork = now.status() == RunStatus.RUNNING && !view.interrupted();
    return atWork ? new RunView(now, view.interrupted(), Optional::empty, view.jumps()) : view;
  }

  private RunView view(OptionalLong step, OptionalLong sequence) {
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
    return now();
  }

  /** A run whose process is gone says so in no event of its own. */
  private String tag(String status) {
    long analyses = open.journal().highestSequence(BesideStream.ANALYSIS.persistenceId(run));
    return "W/\"" + lastOffset(now) + "." + analyses + "." + status + "\"";
  }

  private long lastOffset(RunState state) {
    Iterator<StoredEvent> last =
        open.journal().events("run|" + run, state.lastSequence(), state.lastSequence());
    return last.hasNext() ? last.next().offset() : 0;
  }

  /** The study that the run was begun for, by whose name its own begins. */
  private Optional<StudyId> study() {
    String name = run.value().substring(0, Math.max(0, run.value().lastIndexOf('.')));
    return Optional.of(name)
        .filter(StudyId::isValid)
        .map(StudyId::new)
        .filter(study -> open.studies().state(study).exists());
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
          json.put("study", study().map(StudyId::value).orElse(null));
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
