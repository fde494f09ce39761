package io.saltus.app.server.api;

import io.saltus.app.json.Json;
import io.saltus.app.json.RecordJson;
import io.saltus.app.json.SpecJson;
import io.saltus.app.report.RunJson;
import io.saltus.app.report.RunView;
import io.saltus.app.server.http.HttpProblem;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.RunEvent.RunSubmitted;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
import io.saltus.persistence.read.StoredEvent;
import java.util.Iterator;
import java.util.Optional;

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

  /** Now or as it was. */
  String line(Parameters parameters) {
    return line(view(Moment.of(parameters)));
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

  private RunView view(Moment moment) {
    moment.require(run, now);
    if (moment.step().isPresent()) {
      return open.views().part(open.runs().stateUntilStep(run, moment.step().getAsLong()));
    }
    if (moment.sequence().isPresent()) {
      return open.views().part(open.runs().stateUntilSequence(run, moment.sequence().getAsLong()));
    }
    return now();
  }

  private long lastOffset(RunState state) {
    Iterator<StoredEvent> last =
        open.journal().events("run|" + run, state.lastSequence(), state.lastSequence());
    return last.hasNext() ? last.next().offset() : 0;
  }

  /** The study that a run is called after, whether there is one or not. */
  static Optional<StudyId> studyIn(RunId run) {
    String name = run.value().substring(0, Math.max(0, run.value().lastIndexOf('.')));
    return Optional.of(name).filter(StudyId::isValid).map(StudyId::new);
  }

  /** The study that the run was begun for. */
  private Optional<StudyId> study() {
    return studyIn(run).filter(study -> open.studies().state(study).exists());
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
