package io.saltus.app.server.api;

import io.saltus.app.RunPlan;
import io.saltus.app.Saltus;
import io.saltus.app.StudyTerms;
import io.saltus.app.control.StudyOrderMessage;
import io.saltus.app.server.http.Answer;
import io.saltus.app.server.http.HttpProblem;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.SpecSchema;
import io.saltus.experiment.spec.StudyPlan;
import io.saltus.persistence.projection.StudyState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What can be done with studies. */
final class StudyChanges {

  private static final String REASON = "over HTTP";

  private final HomeReads reads;
  private final StudyRoutes shown;
  private final Saltus saltus;
  private final Closing closing;

  StudyChanges(HomeReads reads, StudyRoutes shown, Saltus saltus, Closing closing) {
    this.reads = reads;
    this.shown = shown;
    this.saltus = saltus;
    this.closing = closing;
  }

  List<Route> routes() {
    return List.of(
        Route.change(
                "POST",
                "/api/v1/studies",
                "Begin a study of a shipped spec",
                this::begin,
                Field.text("spec", "the name of a shipped spec").must(),
                Field.object("set", "values by the paths of the spec's keys"),
                Field.whole("parallel", "so many of its runs at a time"),
                Field.text("name", "the study's id; else one is made"))
            .giving("Study"),
        Route.change("POST", "/api/v1/studies/{study}/pause", "Let a study rest", this::pause)
            .giving("Study"),
        Route.change("POST", "/api/v1/studies/{study}/resume", "Go on with a study", this::resume)
            .giving("Study"),
        Route.change("POST", "/api/v1/studies/{study}/cancel", "End a study for good", this::cancel)
            .giving("Study"));
  }

  private Answer begin(Call call) {
    closing.refuse();
    int parallel = parallel(call);
    List<Program> programs = reads.programs();
    Wishes wishes = new Wishes(call.fields(), reads.specs());
    Optional<StudyId> wanted = wishes.study();
    ExperimentSpec spec = wishes.spec().spec();
    if (spec.study().isEmpty()) {
      throw HttpProblem.wrong("spec", "it is one run, without axes or seeds; POST /api/v1/runs");
    }
    StudyPlan plan = StudyPlan.of(spec, SpecSchema.of(programs));
    if (plan.runs() > StudyPlan.MANY_RUNS) {
      throw HttpProblem.wrong("set", "the study has more than " + StudyPlan.MANY_RUNS + " runs");
    }
    // What the first run lacks, all would.
    plan.planned()
        .findFirst()
        .ifPresent(first -> RunPlan.of(first.spec(), programs).requireUsableInputs(programs));
    StudyId study = saltus.studies().name(spec.experiment(), wanted);
    conduct(true, study, Optional.of(spec), parallel);
    return shown.answer(201, study).with("Location", "/api/v1/studies/" + study);
  }

  private static int parallel(Call call) {
    long wanted = call.fields().whole("parallel").orElseGet(() -> StudyTerms.usual().parallel());
    if (wanted < 1 || wanted > StudyTerms.MOST_PARALLEL) {
      throw HttpProblem.wrong(
          "parallel", "it is not a whole number from 1 to " + StudyTerms.MOST_PARALLEL);
    }
    return (int) wanted;
  }

  private void conduct(boolean begins, StudyId study, Optional<ExperimentSpec> spec, int parallel) {
    closing.refuse();
    StudyOrderMessage order =
        new StudyOrderMessage(begins, study, spec, parallel, false, false, OptionalDouble.empty());
    if (!saltus.guests().conduct(order)) {
      throw Closing.refusal();
    }
  }

  private void require(StudyId study) {
    StudyState state = reads.read(open -> open.studies().state(study));
    if (!state.exists()) {
      throw Call.unknownStudy();
    }
  }

  private Answer pause(Call call) {
    StudyId study = call.study();
    require(study);
    saltus.studies().pause(study, REASON);
    return shown.answer(202, study);
  }

  private Answer resume(Call call) {
    StudyId study = call.study();
    require(study);
    conduct(false, study, Optional.empty(), StudyTerms.usual().parallel());
    return shown.answer(202, study);
  }

  private Answer cancel(Call call) {
    StudyId study = call.study();
    require(study);
    saltus.studies().cancel(study, REASON);
    return shown.answer(202, study);
  }
}
