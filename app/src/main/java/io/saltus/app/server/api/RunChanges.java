package io.saltus.app.server.api;

import io.saltus.app.RunPlan;
import io.saltus.app.Saltus;
import io.saltus.app.control.RunOrderMessage;
import io.saltus.app.json.Json;
import io.saltus.app.server.http.Answer;
import io.saltus.app.server.http.HttpProblem;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent.RunAnnotated;
import io.saltus.experiment.event.RunEvent.RunSubmitted;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.SpecReading;
import io.saltus.experiment.spec.SpecSchema;
import io.saltus.experiment.spec.SpecSetting;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What can be done with runs. */
final class RunChanges {

  private static final String REASON = "over HTTP";

  private final HomeReads reads;
  private final Saltus saltus;
  private final Closing closing;

  RunChanges(HomeReads reads, Saltus saltus, Closing closing) {
    this.reads = reads;
    this.saltus = saltus;
    this.closing = closing;
  }

  List<Route> routes() {
    return List.of(
        Route.change(
                "POST",
                "/api/v1/runs",
                "Begin a run of a shipped spec",
                this::begin,
                Field.text("spec", "the name of a shipped spec").must(),
                Field.object("set", "values by the paths of the spec's keys"),
                Field.whole("seed", "the seed of everything random"),
                Field.whole("steps", "the last step at most"),
                Field.text("device", "auto, cpu:N or gpu:N"),
                Field.text("name", "the run's id; else one is made"),
                Field.object("tags", "texts by keys"),
                Field.text("note", "for people"))
            .giving("Run"),
        Route.change("POST", "/api/v1/runs/{run}/pause", "Let a run rest", this::pause)
            .giving("Run"),
        Route.change("POST", "/api/v1/runs/{run}/resume", "Go on with a run", this::resume)
            .giving("Run"),
        Route.change("POST", "/api/v1/runs/{run}/cancel", "End a run for good", this::cancel)
            .giving("Run"),
        Route.change(
                "POST",
                "/api/v1/runs/{run}/extend",
                "Give a run a later last step, and go on",
                this::extend,
                Field.whole("steps", "the new last step").must())
            .giving("Run"),
        Route.change(
                "POST",
                "/api/v1/runs/{run}/fork",
                "Begin a run with the state of another",
                this::fork,
                Field.whole("step", "whose state the fork begins with").must(),
                Field.object("set", "values by the paths of the spec's keys"),
                Field.whole("seed", "another order of batches and dropout"),
                Field.whole("steps", "the fork's last step at most"),
                Field.text("name", "the fork's id; else one is made"),
                Field.object("tags", "texts by keys"),
                Field.text("note", "for people"))
            .giving("Run"),
        Route.change(
                "PATCH",
                "/api/v1/runs/{run}",
                "Put people's words on a run",
                this::annotate,
                Field.object("tags", "texts by keys; null takes one away"),
                Field.text("note", "for people; empty takes it back"),
                Field.text("name", "what it is shown as; empty takes it back"),
                Field.flag("archived", "whether it is put away"))
            .giving("Run"),
        Route.change("DELETE", "/api/v1/runs/{run}", "Delete a run", this::delete)
            .giving("Deleted"));
  }

  private Answer begin(Call call) {
    closing.refuse();
    List<Program> programs = reads.programs();
    Wishes wishes = new Wishes(call.fields(), reads.specs());
    Optional<RunId> wanted = wishes.run();
    SpecReading.Accepted accepted = wishes.spec();
    SortedMap<String, String> tags = new TreeMap<>(accepted.tags());
    tags.putAll(wishes.tags());
    RunPlan plan = RunPlan.of(accepted.spec(), programs);
    plan.requireUsableInputs(programs);
    return begun(call, plan, wanted, tags, Optional.empty());
  }

  private Answer begun(
      Call call,
      RunPlan plan,
      Optional<RunId> wanted,
      SortedMap<String, String> tags,
      Optional<RunOrderMessage.Parent> parent) {
    RunId run = saltus.name(plan.spec().experiment(), wanted);
    SortedMap<String, Path> inputs = new TreeMap<>(plan.inputs());
    inputs.replaceAll((name, file) -> file.toAbsolutePath());
    RunOrderMessage order =
        new RunOrderMessage(
            run, plan.spec(), inputs, tags, call.fields().text("note"), Optional.empty(), parent);
    closing.refuse();
    if (!saltus.guests().begin(order)) {
      throw Closing.refusal();
    }
    return shown(201, run).with("Location", "/api/v1/runs/" + run);
  }

  private Answer shown(int status, RunId run) {
    return Answer.json(status, reads.read(open -> new WholeRun(open, run).line()));
  }

  private RunState state(RunId run) {
    return reads.read(
        open -> {
          RunRoutes.require(open, run);
          return open.runs().state(run);
        });
  }

  /** The state of a run that was computed here, so that it can be gone on with. */
  private RunState ours(RunId run) {
    RunState state = state(run);
    if (state.imported().isPresent()) {
      throw HttpProblem.conflict(
          run + " was imported, so there is nothing that could be executed: the run.");
    }
    return state;
  }

  private Answer pause(Call call) {
    RunId run = call.run();
    RunStatus status = ours(run).status();
    if (status == RunStatus.RUNNING || status == RunStatus.QUEUED) {
      saltus.pause(run, REASON);
    } else if (status != RunStatus.PAUSED) {
      throw HttpProblem.conflict(
          run + " is " + status.text() + ", so there is nothing to pause: the run.");
    }
    return shown(202, run);
  }

  private Answer resume(Call call) {
    closing.refuse();
    RunId run = call.run();
    RunStatus status = ours(run).status();
    if (status == RunStatus.COMPLETED) {
      throw HttpProblem.conflict(run + " is " + status.text() + " already: the run. Extend it.");
    }
    goOn(run);
    return shown(202, run);
  }

  private void goOn(RunId run) {
    if (!saltus.guests().resume(run)) {
      throw Closing.refusal();
    }
  }

  private Answer cancel(Call call) {
    RunId run = call.run();
    ours(run);
    saltus.cancel(run, REASON);
    return shown(202, run);
  }

  private Answer extend(Call call) {
    closing.refuse();
    RunId run = call.run();
    long last = call.fields().whole("steps").orElseThrow();
    RunState state = ours(run);
    if (last <= state.step()) {
      throw HttpProblem.wrong("steps", run + " is at step " + state.step() + " already");
    }
    saltus.extend(run, last);
    goOn(run);
    return shown(202, run);
  }

  private Answer fork(Call call) {
    closing.refuse();
    RunId parent = call.run();
    RunState state = ours(parent);
    long at = call.fields().whole("step").orElseThrow();
    if (at > state.step()) {
      throw HttpProblem.wrong(
          "step",
          parent
              + (state.step() < 0
                  ? " has recorded nothing yet"
                  : " has recorded steps 0 to " + state.step()));
    }
    List<Program> programs = reads.programs();
    Wishes wishes = new Wishes(call.fields(), reads.specs());
    Optional<RunId> wanted = wishes.run();
    RunSubmitted submitted = state.submission().orElseThrow();
    ExperimentSpec spec =
        wishes.change(
            submitted.spec(),
            parent.value(),
            // An extended run's fork may go as far as the run itself.
            List.of(new SpecSetting("steps", Long.toString(state.steps()), "steps")));
    if (spec.steps() < at) {
      throw HttpProblem.wrong("steps", "the fork begins with step " + at);
    }
    RunPlan plan = RunPlan.ofFork(spec, submitted, new TreeMap<>(), false, programs, reads.home());
    if (plan.hasOtherDataThan(submitted, SpecSchema.of(programs))) {
      throw HttpProblem.wrong("set", "the fork's data would differ from those of " + parent);
    }
    return begun(
        call, plan, wanted, wishes.tags(), Optional.of(new RunOrderMessage.Parent(parent, at)));
  }

  private Answer annotate(Call call) {
    RunId run = call.run();
    state(run);
    Wishes wishes = new Wishes(call.fields(), reads.specs());
    RunAnnotated words =
        new RunAnnotated(
            wishes.tags(),
            wishes.untagged(),
            call.fields().text("note"),
            Optional.empty(),
            call.fields().text("name"),
            call.fields().flag("archived"));
    saltus.annotate(run, words);
    return shown(200, run);
  }

  private Answer delete(Call call) {
    RunId run = call.run();
    state(run);
    saltus.delete(run);
    return Answer.json(Json.line(json -> json.put("run", run.value()).put("deleted", true)));
  }
}
