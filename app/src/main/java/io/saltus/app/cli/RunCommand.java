package io.saltus.app.cli;

import io.saltus.app.RunOrder;
import io.saltus.app.RunPlan;
import io.saltus.app.hook.Hook;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Refusal;
import io.saltus.app.text.Figures;
import io.saltus.experiment.RunId;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.spec.SpecReading;
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

/** Runs one spec in the foreground. */
@Command(
    name = "run",
    description = "Run a spec, show its progress, and end with its summary and picture.")
final class RunCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(
      paramLabel = "SPEC",
      description = "A shipped spec, or a file: its name has a / or ends in .conf.")
  private String spec = "";

  @Option(names = "--set", paramLabel = "PATH=VALUE", description = "Change a key of the spec.")
  private List<String> settings = new ArrayList<>();

  @Option(names = "--seed", paramLabel = "N", description = "The seed of everything random.")
  private Optional<String> seed = Optional.empty();

  @Option(names = "--steps", paramLabel = "N", description = "The last step at most.")
  private Optional<String> steps = Optional.empty();

  @Option(
      names = "--input",
      paramLabel = "NAME=FILE",
      description = "An input file; mask=FILE keeps weights at zero.")
  private List<String> inputs = new ArrayList<>();

  @Option(names = "--device", paramLabel = "DEVICE", description = "auto or cpu:0.")
  private Optional<String> device = Optional.empty();

  @Option(names = "--name", paramLabel = "ID", description = "The run's id; else one is made.")
  private Optional<String> name = Optional.empty();

  @Option(names = "--tag", paramLabel = "KEY=VALUE", description = "Put a tag on the run.")
  private List<String> tags = new ArrayList<>();

  @Option(names = "--note", paramLabel = "TEXT", description = "Put a note on the run.")
  private Optional<String> note = Optional.empty();

  @Option(names = "--detach", description = "Leave it to a process in the background.")
  private boolean detach;

  @Mixin private HookFlags hooks = new HookFlags();

  @Spec private CommandSpec command = CommandSpec.create();

  RunCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    invocation.json();
    List<Hook> called = hooks.hooks();
    List<Program> programs = invocation.programs();
    Optional<RunId> id = name.map(RunCommand::id);
    SortedMap<String, String> given = Arguments.tags(tags);
    SpecReading.Accepted accepted =
        new SpecChoice(spec)
            .set(settings)
            .flag("--seed", "seed", seed)
            .flag("--steps", "steps", steps)
            .flag("--device", "device", device)
            .read(programs);
    SortedMap<String, String> all = new TreeMap<>(accepted.tags());
    all.putAll(given);
    invocation.requireNatives();
    RunPlan plan = RunPlan.of(accepted.spec(), programs).with(InputFiles.named(invocation, inputs));
    plan.requireUsableInputs(programs);
    RunOrder order = new RunOrder(plan, id, all, note, SpecChoice.file(invocation, spec));
    String told = "saltus run " + plan.spec().experiment();
    Optional<ExitCode> elsewhere =
        called.isEmpty()
            ? new Handover(invocation, told, detach).begin(order, Optional.empty())
            : Optional.empty();
    if (elsewhere.isPresent()) {
      return elsewhere.get().code();
    }
    if (detach) {
      return new Detachment(invocation, command).run(plan.spec().experiment(), id).code();
    }
    return new ForegroundRun(
            invocation,
            new ForegroundRun.Task(
                told,
                plan.spec().steps(),
                Figures.whole(plan.spec().steps())
                    + " steps at most, seed "
                    + plan.spec().seeds().init(),
                Optional.empty(),
                (saltus, listener) -> saltus.start(order, listener)))
        .with(called)
        .execute()
        .code();
  }

  /** A run's id as a user chooses it. */
  static RunId id(String text) {
    if (!RunId.isValid(text)) {
      throw Refusal.wrong(
          "'" + text + "' cannot name a run",
          "--name",
          "Use 1 to 63 of a-z 0-9 . _ - and begin with a letter or digit.");
    }
    return new RunId(text);
  }
}
