package io.saltus.app.cli;

import io.saltus.app.RunPlan;
import io.saltus.app.StudyTerms;
import io.saltus.app.hook.Hook;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Nearest;
import io.saltus.app.problem.Refusal;
import io.saltus.app.text.Figures;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.PlannedRun;
import io.saltus.experiment.spec.ShippedSpecs;
import io.saltus.experiment.spec.SpecSchema;
import io.saltus.experiment.spec.StudyPlan;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.projection.StudyState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Does the runs of a study, or goes on with them, and shows what they show together. */
@Command(
    name = "study",
    description = "Do the runs of a spec with axes and seeds, and show what they show together.")
final class StudyCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(
      paramLabel = "SPEC|STUDY",
      description = "A shipped spec or a file, to begin a study; a study's id, to go on with it.")
  private String what = "";

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description =
          "Change a key of the spec; of a study that is there only seeds, values, expect.")
  private List<String> settings = new ArrayList<>();

  @Option(names = "--name", paramLabel = "ID", description = "The study's id; else one is made.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "At most N of its runs at a time; else as many as there are devices for.")
  private Optional<String> parallel = Optional.empty();

  @Option(
      names = "--add-seeds",
      paramLabel = "SEEDS",
      description = "More seeds for a study that is there: 6,7 or 6..10.")
  private Optional<String> addSeeds = Optional.empty();

  @Option(names = "--failed", description = "Go on with failed runs, too; begin cancelled anew.")
  private boolean failed;

  @Option(names = "--reuse", description = "Take complete runs of this home that compute the same.")
  private boolean reuse;

  @Option(
      names = "--device-hours",
      paramLabel = "H",
      description = "Rest when devices were used for so long, from the study's beginning on.")
  private Optional<String> deviceHours = Optional.empty();

  @Option(names = "--assert", description = "Check what the spec expects; exit 3 where it fails.")
  private boolean asserting;

  @Option(names = "--yes", description = "Do not ask about more than 100,000 runs.")
  private boolean yes;

  @Option(names = "--detach", description = "Leave it to a process in the background.")
  private boolean detach;

  @Mixin private HookFlags hooks = new HookFlags();

  @Spec private CommandSpec command = CommandSpec.create();

  StudyCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    invocation.json();
    hooks.hooks();
    StudyTerms terms = terms();
    return (isSpec(what) ? begin(terms) : goOn(terms)).code();
  }

  private static boolean isSpec(String text) {
    return text.indexOf('/') >= 0 || text.endsWith(".conf") || ShippedSpecs.find(text).isPresent();
  }

  private StudyTerms terms() {
    int most =
        parallel
            .map(text -> (int) Arguments.whole("--parallel", text, 1, StudyTerms.MOST_PARALLEL))
            .orElseGet(() -> StudyTerms.usual().parallel());
    return new StudyTerms(most, failed, reuse, hours());
  }

  private OptionalDouble hours() {
    if (deviceHours.isEmpty()) {
      return OptionalDouble.empty();
    }
    try {
      double hours = Double.parseDouble(deviceHours.get());
      if (Double.isFinite(hours) && hours > 0) {
        return OptionalDouble.of(hours);
      }
    } catch (NumberFormatException notANumber) {
      // Said below, together with what is allowed.
    }
    throw Refusal.wrong(
        "'" + deviceHours.get() + "' is no time", "--device-hours", "Give a number above 0.");
  }

  private ExitCode begin(StudyTerms terms) {
    if (addSeeds.isPresent() || failed) {
      throw Refusal.wrong(
          "'" + what + "' is a spec, not a study that is there",
          addSeeds.isPresent() ? "--add-seeds" : "--failed",
          "Give a study's id; 'saltus studies' lists them.");
    }
    List<Program> programs = invocation.programs();
    Optional<StudyId> id = name.map(StudyCommand::id);
    ExperimentSpec spec = new SpecChoice(what).set(settings).read(programs).spec();
    if (spec.study().isEmpty()) {
      throw Refusal.wrong(
          "'" + spec.experiment() + "' is one run, without axes or seeds",
          "saltus study " + what,
          "Use 'saltus run', or give it a study { axes, seeds }.");
    }
    StudyPlan plan = plan(spec, programs);
    requireFirst(plan, programs);
    invocation.requireNatives();
    List<Hook> called = hooks.hooks();
    String told = "saltus study " + spec.experiment();
    Optional<ExitCode> elsewhere =
        called.isEmpty()
            ? new Handover(invocation, told, detach).begin(spec, id, terms, asserting)
            : Optional.empty();
    if (elsewhere.isPresent()) {
      return elsewhere.get();
    }
    if (detach) {
      return new Detachment(invocation, command).study(spec.experiment(), id);
    }
    return new ForegroundStudy(
            invocation,
            told,
            called,
            (studies, audience) -> studies.begin(spec, id, terms, audience))
        .execute(asserting);
  }

  private StudyPlan plan(ExperimentSpec spec, List<Program> programs) {
    StudyPlan plan = StudyPlan.of(spec, SpecSchema.of(programs));
    if (plan.runs() > StudyPlan.MANY_RUNS && !yes) {
      throw Refusal.wrong(
          "the study has "
              + (plan.runs() == Long.MAX_VALUE ? "uncounted" : Figures.whole(plan.runs()))
              + " runs",
          "study",
          "Give --yes when you are sure.");
    }
    return plan;
  }

  /** What the first run lacks, all would. */
  private static void requireFirst(StudyPlan plan, List<Program> programs) {
    Optional<PlannedRun> first;
    try {
      first = plan.planned().findFirst();
    } catch (IllegalArgumentException impossible) {
      // One of so many cells that not each was checked; it is refused when its turn comes.
      return;
    }
    first.ifPresent(run -> RunPlan.of(run.spec(), programs).requireUsableInputs(programs));
  }

  private ExitCode goOn(StudyTerms terms) {
    if (Home.at(invocation.home()).inspect() == Home.State.MISSING) {
      throw unknown(what);
    }
    StudyId study;
    Optional<ExperimentSpec> wider;
    try (Reading reading = Reading.open(invocation)) {
      study = reading.requireStudy(what);
      if (name.isPresent()) {
        throw Refusal.wrong("a study that is there has its name", "--name", "Leave it out.");
      }
      StudyState state = reading.studies().state(study);
      wider =
          settings.isEmpty() && addSeeds.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new WiderStudy(invocation.programs(), state.spec().orElseThrow())
                      .with(study.value(), settings, addSeeds));
    }
    wider.ifPresent(spec -> plan(spec, invocation.programs()));
    invocation.requireNatives();
    List<Hook> called = hooks.hooks();
    String told = "saltus study " + study;
    Optional<ExitCode> elsewhere =
        called.isEmpty()
            ? new Handover(invocation, told, detach).goOn(study, wider, terms, asserting)
            : Optional.empty();
    if (elsewhere.isPresent()) {
      return elsewhere.get();
    }
    if (detach) {
      return new Detachment(invocation, command).study(study);
    }
    return new ForegroundStudy(
            invocation,
            told,
            called,
            (studies, audience) -> studies.goOn(study, wider, terms, audience))
        .execute(asserting);
  }

  private static StudyId id(String text) {
    if (!StudyId.isValid(text)) {
      throw Refusal.wrong(
          "'" + text + "' cannot name a study",
          "--name",
          "Use 1 to 54 of a-z 0-9 . _ - and begin with a letter or digit.");
    } else if (isSpec(text)) {
      throw Refusal.wrong(
          "'" + text + "' is how a spec is called", "--name", "Choose another name.");
    }
    return new StudyId(text);
  }

  static Refusal unknown(String text) {
    return Refusal.wrong(
        "there is neither a spec nor a study '" + text + "'",
        "saltus study",
        Nearest.question(text, ShippedSpecs.names())
            + " 'saltus studies' lists the studies, 'saltus specs' the specs.");
  }
}
