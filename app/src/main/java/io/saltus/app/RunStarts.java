package io.saltus.app;

import io.saltus.actors.Attendance;
import io.saltus.actors.RefusedException;
import io.saltus.actors.Resumption;
import io.saltus.actors.RunHandle;
import io.saltus.actors.RunListener;
import io.saltus.actors.Submission;
import io.saltus.actors.Supervision;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent.RunSubmitted;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.Isolation;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.home.Ballast;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.runs.RunReader;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;

/** Everything that must be so before a run can begin or go on, and the beginning itself. */
final class RunStarts {

  private final Tools tools;
  private final Home home;
  private final RocksStore store;
  private final CheckpointStore checkpoints;
  private final Supervision supervision;
  private final Supplier<CodeProvenance> code;

  /**
   * @param code of this process; asked for when a run is submitted
   */
  RunStarts(
      Tools tools,
      Home home,
      RocksStore store,
      CheckpointStore checkpoints,
      Supervision supervision,
      Supplier<CodeProvenance> code) {
    this.tools = tools;
    this.home = home;
    this.store = store;
    this.checkpoints = checkpoints;
    this.supervision = supervision;
    this.code = code;
  }

  /** As {@link Saltus#start}. */
  RunHandle start(RunOrder order, Attendance attendance, RunListener listener) {
    Ballast.of(home).require();
    try (JournalReader journal = store.reader()) {
      order.name().ifPresent(new TakenNames(journal)::requireFree);
    }
    return submit(order, Optional.empty(), attendance, listener);
  }

  /** Begins a run of a study, which nobody watches, under the name that the study gave it. */
  RunHandle startOfStudy(RunOrder order, RunListener listener) {
    Ballast.of(home).require();
    order.name().filter(this::isTaken).ifPresent(RunStarts::refuseTaken);
    return submit(order, Optional.empty(), Attendance.UNATTENDED, listener);
  }

  /** As {@link Saltus#fork}. */
  RunHandle fork(ForkOrder order, Attendance attendance, RunListener listener) {
    Ballast.of(home).require();
    try (JournalReader journal = store.reader()) {
      order.run().name().ifPresent(new TakenNames(journal)::requireFree);
      RunReader runs = new RunReader(journal);
      refuseImported(runs.state(order.parent()));
      Submission.Fork begin = forkedState(runs).take(order);
      return submit(order.run(), Optional.of(begin), attendance, listener);
    }
  }

  private RunHandle submit(
      RunOrder order, Optional<Submission.Fork> fork, Attendance attendance, RunListener listener) {
    RunPlan plan = order.plan();
    Submission submission =
        new Submission(
            order.name().orElseGet(() -> name(plan.spec().experiment(), Optional.empty())),
            isolated(plan.spec(), attendance),
            plan.inputs(),
            plan.digests(),
            code.get(),
            order.annotation(),
            fork);
    local().keep(plan.inputs(), plan.digests());
    RunHandle handle = Saltus.await(supervision.submit(submission, attendance, listener));
    order.source().ifPresent(file -> local().keepSpec(handle.run(), file));
    return handle;
  }

  /** Whether this process is at work on a run, or has it wait for its device. */
  boolean isAtWork(RunId run) {
    return Saltus.await(supervision.join(run)).isPresent();
  }

  /** As {@link Saltus#resume}. */
  RunHandle resume(RunId run, Attendance attendance, RunListener listener) {
    Ballast.of(home).require();
    try (JournalReader journal = store.reader()) {
      RunReader runs = new RunReader(journal);
      RunState state = runs.state(run);
      refuseImported(state);
      RunSubmitted submitted = state.submission().orElseThrow();
      Program program = RunPlan.programFor(submitted.spec(), tools.programs());
      SortedMap<String, Path> inputs = RecordedInputs.find(submitted, program, local());
      if (state.status() != RunStatus.COMPLETED && state.status() != RunStatus.CANCELLED) {
        forkedState(runs).putBack(state, inputs);
      }
      ExperimentSpec spec = isolated(submitted.spec(), attendance);
      return Saltus.await(
          supervision.resume(new Resumption(run, spec, inputs), attendance, listener));
    }
  }

  /**
   * @throws RefusedException when a run was computed elsewhere
   */
  static void refuseImported(RunState state) {
    if (state.imported().isPresent()) {
      throw new RefusedException(
          "run %s was imported, so there is nothing that could be executed"
              .formatted(state.run().orElseThrow()));
    }
  }

  /** What nobody watches should break its own process and nothing else. */
  private static ExperimentSpec isolated(ExperimentSpec spec, Attendance attendance) {
    return attendance == Attendance.UNATTENDED && spec.isolation() == Isolation.AUTO
        ? spec.with(Isolation.PROCESS)
        : spec;
  }

  /** The last step of a run that is there. */
  long lastStep(RunId run) {
    try (JournalReader journal = store.reader()) {
      return new RunReader(journal).state(run).steps();
    }
  }

  /** As {@link Saltus#name}. */
  RunId name(String experiment, Optional<RunId> wanted) {
    try (JournalReader journal = store.reader()) {
      return new NewNames(journal, tools.clock(), tools.random()).run(experiment, wanted);
    }
  }

  /** A name that nobody chose. */
  RunId freshName(String experiment) {
    return name(experiment, Optional.empty());
  }

  LocalPaths local() {
    return new LocalPaths(home.local());
  }

  private ForkedState forkedState(RunReader runs) {
    return new ForkedState(runs, checkpoints, tools.programs(), local());
  }

  private static void refuseTaken(RunId id) {
    throw Refusal.wrong("'" + id + "' is taken", "", "Delete the run, and repeat the study.");
  }

  private boolean isTaken(RunId id) {
    try (JournalReader journal = store.reader()) {
      return new TakenNames(journal).isTaken(id.value());
    }
  }
}
