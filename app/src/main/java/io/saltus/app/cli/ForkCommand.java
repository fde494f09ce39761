package io.saltus.app.cli;

import io.saltus.app.ForkOrder;
import io.saltus.app.RunOrder;
import io.saltus.app.RunPlan;
import io.saltus.app.control.RunOrderMessage;
import io.saltus.app.hook.Hook;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Refusal;
import io.saltus.app.text.Figures;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent.RunSubmitted;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.SpecSchema;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.projection.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Starts a run that begins with the state of another. */
@Command(
    name = "fork",
    description = "Start a run from another's state at a step, with what you change.")
final class ForkCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(paramLabel = "RUN", description = "An id, a unique prefix, or @last.")
  private String run = "";

  @Option(
      names = "--step",
      paramLabel = "N",
      required = true,
      description = "The step whose state the fork begins with.")
  private String step = "";

  @Option(names = "--name", paramLabel = "ID", description = "The fork's id; else one is made.")
  private Optional<String> name = Optional.empty();

  @Option(names = "--set", paramLabel = "PATH=VALUE", description = "Change a key of the spec.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--input",
      paramLabel = "NAME=FILE",
      description = "An input file; mask=FILE keeps weights at zero.")
  private List<String> inputs = new ArrayList<>();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Another order of batches and dropout; data and weights stay.")
  private Optional<String> seed = Optional.empty();

  @Option(names = "--steps", paramLabel = "N", description = "The fork's last step at most.")
  private Optional<String> steps = Optional.empty();

  @Option(
      names = "--allow-new-data",
      description = "Let the data differ from the parent's; the fork is tagged.")
  private boolean newData;

  @Option(names = "--tag", paramLabel = "KEY=VALUE", description = "Put a tag on the fork.")
  private List<String> tags = new ArrayList<>();

  @Option(names = "--note", paramLabel = "TEXT", description = "Put a note on the fork.")
  private Optional<String> note = Optional.empty();

  @Option(names = "--detach", description = "Leave it to a process in the background.")
  private boolean detach;

  @Mixin private HookFlags hooks = new HookFlags();

  @Spec private CommandSpec command = CommandSpec.create();

  ForkCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    invocation.json();
    List<Hook> called = hooks.hooks();
    Optional<RunId> id = name.map(RunCommand::id);
    List<Program> programs = invocation.programs();
    RunId parent;
    RunState state;
    try (Reading reading = Reading.open(invocation)) {
      parent = reading.resolve(run);
      reading.refuseImported(parent, "fork");
      reading.refuseRunning(parent, "fork");
      state = reading.runs().state(parent);
    }
    long at = step(parent, state);
    RunSubmitted submitted = state.submission().orElseThrow();
    ExperimentSpec spec =
        // An extended run's fork may go as far as the run itself.
        new SpecChoice(parent.value())
            .flag("--steps", "steps", Optional.of(Long.toString(state.steps())))
            .set(settings)
            .flag("--seed", "seeds.order", seed)
            .flag("--seed", "seeds.dropout", seed)
            .flag("--steps", "steps", steps)
            .change(submitted.spec(), programs);
    if (spec.steps() < at) {
      throw Refusal.wrong(
          "the fork begins with step " + at, "--steps " + spec.steps(), "Give a later last step.");
    }
    invocation.requireNatives();
    RunPlan plan =
        RunPlan.ofFork(
            spec,
            submitted,
            InputFiles.named(invocation, inputs),
            newData,
            programs,
            Home.at(invocation.home()));
    SortedMap<String, String> all = new TreeMap<>(Arguments.tags(tags));
    if (plan.hasOtherDataThan(submitted, SpecSchema.of(programs))) {
      if (!newData) {
        throw Refusal.wrong(
            "the fork's data differ from those of " + parent,
            "task, seeds.data or an input",
            "Give --allow-new-data if that is what you want.");
      }
      all.put("new-data", "yes");
    }
    RunOrder order = new RunOrder(plan, id, all, note, Optional.empty());
    Optional<ExitCode> elsewhere =
        called.isEmpty()
            ? new Handover(invocation, "saltus fork " + parent, detach)
                .begin(order, Optional.of(new RunOrderMessage.Parent(parent, at)))
            : Optional.empty();
    if (elsewhere.isPresent()) {
      return elsewhere.get().code();
    }
    if (detach) {
      return new Detachment(invocation, command).run(spec.experiment(), id).code();
    }
    return new ForegroundRun(
            invocation,
            new ForegroundRun.Task(
                "saltus fork " + parent,
                spec.steps(),
                "begins with step %s of %s, %s steps at most"
                    .formatted(Figures.whole(at), parent, Figures.whole(spec.steps())),
                Optional.empty(),
                (saltus, listener) -> saltus.fork(new ForkOrder(parent, at, order), listener)))
        .with(called)
        .execute()
        .code();
  }

  private long step(RunId parent, RunState state) {
    long at = Arguments.whole("--step", step, 0, Long.MAX_VALUE);
    if (at > state.step()) {
      throw Refusal.wrong(
          parent
              + (state.step() < 0
                  ? " has recorded nothing yet"
                  : " has recorded steps 0 to " + state.step()),
          "--step " + at,
          "Give one of these.");
    }
    return at;
  }
}
