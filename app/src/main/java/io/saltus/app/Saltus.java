package io.saltus.app;

import io.saltus.actors.Attendance;
import io.saltus.actors.Disk;
import io.saltus.actors.LastWords;
import io.saltus.actors.RefusedException;
import io.saltus.actors.RunHandle;
import io.saltus.actors.RunListener;
import io.saltus.actors.Settlement;
import io.saltus.actors.Supervision;
import io.saltus.actors.SupervisionOptions;
import io.saltus.actors.worker.CorePinning;
import io.saltus.actors.worker.WorkerLimits;
import io.saltus.actors.worker.WorkerProgram;
import io.saltus.actors.worker.Workers;
import io.saltus.app.control.BesideMessage;
import io.saltus.app.external.ExternalRuns;
import io.saltus.app.imports.Imports;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.Device;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.RunEvent.RunAnnotated;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.checkpoint.Collected;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.home.WorkerFiles;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import io.saltus.persistence.runs.BesideStreams;
import io.saltus.persistence.runs.RunIndexKeeper;
import io.saltus.tf.device.Devices;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.LoggerFactory;

/**
 * A home opened for writing: {@code Saltus.open(home).run(spec)}. The command line does everything
 * that writes through this class.
 */
public final class Saltus implements AutoCloseable {

  private final Tools tools;
  private final HomeLock lock;
  private final RocksStore store;
  private final CheckpointStore checkpoints;
  private final LastWords lastWords;
  private final Workers workers;
  private final Supervision supervision;
  private final RunStarts starts;
  private final RunConclusion conclusion;
  private final Studies studies;
  private final Deletion deletion;
  private final Imports imports;
  private final ExternalRuns external;
  private final Guests guests;
  private final ControlDoor door;
  private final RunIndexKeeper index;
  private Optional<CodeProvenance> code = Optional.empty();

  private Saltus(
      Tools tools,
      HomeLock lock,
      RocksStore store,
      CheckpointStore checkpoints,
      LastWords lastWords,
      Workers workers,
      Supervision supervision) {
    this.tools = tools;
    this.lock = lock;
    this.store = store;
    this.checkpoints = checkpoints;
    this.lastWords = lastWords;
    this.workers = workers;
    this.supervision = supervision;
    this.starts = new RunStarts(tools, lock.home(), store, checkpoints, supervision, this::code);
    this.conclusion = new RunConclusion(store, tools.clock(), this::code);
    this.studies = new Studies(tools, store, supervision, starts, conclusion, this::code);
    this.imports = new Imports(store, lock.home(), tools.clock(), this::code, starts::freshName);
    this.external =
        new ExternalRuns(
            store, lock.home(), tools.clock(), tools.nanoTime(), this::code, starts::freshName);
    this.deletion = new Deletion(store, lock.home(), supervision, studies, external);
    this.guests = new Guests(starts, studies, conclusion, tools);
    this.door = ControlDoor.open(lock, this);
    this.index = RunIndexKeeper.start(lock, store, RunIndexKeeper.Limits.DEFAULT);
  }

  /**
   * Opens a home, and makes it first where there is none.
   *
   * @throws io.saltus.persistence.home.HomeException when it cannot be used, or another process
   *     holds it
   */
  public static Saltus open(Path home) {
    return open(home, Tools.installed());
  }

  /** Opens a home with other tools. */
  public static Saltus open(Path home, Tools tools) {
    return open(home, tools, Devices.list());
  }

  /** Opens a home as if the machine had other devices. */
  static Saltus open(Path home, Tools tools, List<Device> devices) {
    HomeLock lock =
        Home.at(home).lockForWriting(tools.command(), Optional.of(BuildFacts.read().version()));
    try {
      // Before anything is leased: what computed for a process that is gone gives its device back.
      WorkerFiles.of(lock).endLeftovers();
      RocksStore store =
          RocksStore.open(lock.home().journal(), StoreOptions.defaults(), tools.clock());
      try {
        return opened(tools, lock, store, devices);
      } catch (RuntimeException e) {
        store.close();
        throw e;
      }
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static Saltus opened(Tools tools, HomeLock lock, RocksStore store, List<Device> devices) {
    // Before the actor system logs from many threads, which the logger would complain of.
    LoggerFactory.getILoggerFactory();
    CheckpointStore checkpoints = CheckpointStore.at(lock.home().checkpoints());
    LastWords lastWords = LastWords.prepare(lock.home(), store, tools.clock());
    Workers workers =
        new Workers(
            slot -> SaltusWorker.command(slot, devices),
            tools.plugins(),
            WorkerFiles.of(lock),
            WorkerLimits.DEFAULT,
            tools.nanoTime(),
            CorePinning.here(devices, System.getenv()));
    List<Program> programs =
        tools.programs().stream()
            .<Program>map(program -> new WorkerProgram(program, workers))
            .toList();
    Supervision supervision =
        Supervision.start(
            store,
            checkpoints,
            programs,
            devices,
            Disk.of(lock.home().root()),
            tools.clock(),
            tools.nanoTime(),
            SupervisionOptions.standard().withStuck(Saltus::halt));
    try {
      return new Saltus(tools, lock, store, checkpoints, lastWords, workers, supervision);
    } catch (RuntimeException e) {
      supervision.close();
      throw e;
    }
  }

  /**
   * A thread that hangs in native code keeps what it has until its process ends. All that is
   * acknowledged is durable, so a sudden end loses nothing.
   */
  private static void halt() {
    System.err.println(
        "saltus: a session hangs and its thread cannot be ended, so this process ends:"
            + " isolation = thread. Go on with 'saltus resume'; with isolation = process only the"
            + " run's own process is ended.");
    Runtime.getRuntime().halt(ExitCode.FAILED.code());
  }

  /**
   * Runs a spec to its end.
   *
   * @throws Refusal when it cannot run here
   */
  public Settlement run(ExperimentSpec spec) {
    RunOrder order = RunOrder.of(RunPlan.of(spec, tools.programs()));
    return settle(start(order, RunListener.none()));
  }

  /** Waits until a run has come to rest, and keeps its digest for those who list it. */
  public Settlement settle(RunHandle handle) {
    Settlement settlement = await(handle.settled());
    if (settlement.outcome() == RunOutcome.PAUSED) {
      // Its series goes on, and who paused it wants the terminal back.
      return settlement;
    }
    try {
      conclusion.keepDigest(handle.run());
    } catch (RuntimeException unkept) {
      // The run is at rest and durable; without the kept digest its readers compute it.
    }
    return settlement;
  }

  /**
   * Looks for the jumps of a run that is complete, and journals what is found. The run is complete
   * and durable, whatever becomes of that.
   *
   * @return what went wrong, for people; empty when nothing did
   */
  public Optional<String> findJumps(RunId run) {
    try {
      conclusion.findJumps(run);
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of("no jumps were looked for: " + e.getMessage());
    }
  }

  /**
   * Starts a run.
   *
   * @param listener hears of its events once they are durable
   * @throws Refusal when its name is taken
   * @throws io.saltus.persistence.home.HomeException when there is no room for a run
   */
  public RunHandle start(RunOrder order, RunListener listener) {
    return starts.start(order, Attendance.ATTENDED, listener);
  }

  /**
   * Lets a run go on from its latest usable checkpoint. What the journal holds beyond it is
   * executed again and compared; see {@link io.saltus.actors.reexecution.Reexecution}.
   *
   * @param listener hears of its events from now on
   * @throws Refusal when an input has changed or is gone
   * @throws RefusedException when the run is complete, cancelled or at work
   * @throws io.saltus.persistence.home.HomeException when there is no room for a run
   */
  public RunHandle resume(RunId run, RunListener listener) {
    return starts.resume(run, Attendance.ATTENDED, listener);
  }

  /**
   * Starts a run that begins with the state of another.
   *
   * @throws Refusal when the parent has no such step, its state does not fit, or its re-execution
   *     differs from the journal
   * @throws io.saltus.persistence.home.HomeException when there is no room for a run
   */
  public RunHandle fork(ForkOrder order, RunListener listener) {
    return starts.fork(order, Attendance.ATTENDED, listener);
  }

  /**
   * A name for a run to come.
   *
   * @param wanted chosen by a user; empty: one is made
   * @throws Refusal when it is taken
   */
  public RunId name(String experiment, Optional<RunId> wanted) {
    return starts.name(experiment, wanted);
  }

  /** The studies of this home. */
  public Studies studies() {
    return studies;
  }

  /** What other processes left to this one. */
  public Guests guests() {
    return guests;
  }

  /** Brings in what was computed elsewhere. */
  public Imports imports() {
    return imports;
  }

  /** What other programs compute, and tell while they do. */
  public ExternalRuns external() {
    return external;
  }

  /** The journal, for those who only read. */
  public LiveJournal journal() {
    return new LiveJournal(store);
  }

  /** The file that a run's spec was read from, when it has changed since. */
  public Optional<Path> changedSpec(RunId run) {
    return starts.local().changedSpec(run);
  }

  /** Pauses one run that is at work, and waits until it rests. */
  public void pause(RunId run, String reason) {
    await(supervision.pause(run, reason));
  }

  /** Cancels a run, and waits until that is durable. */
  public void cancel(RunId run, String reason) {
    await(supervision.cancel(run, reason));
  }

  /** Gives a complete or paused run a later last step; its rules are set aside. */
  public void extend(RunId run, long steps) {
    await(supervision.extend(run, steps));
  }

  /**
   * Deletes a run.
   *
   * @throws RefusedException when a fork refers to it, or somebody is at work on it
   */
  public void delete(RunId run) {
    imports.refuseUnderWay(run);
    deletion.of(run);
  }

  /**
   * Deletes a study at which nobody is at work, with the runs that are its own.
   *
   * @throws RefusedException when a fork refers to one of them, or somebody is at work
   */
  public void delete(StudyId study) {
    deletion.of(study);
  }

  /**
   * Deletes checkpoint files that no run refers to, and what crashes left beside them.
   *
   * @throws Refusal when a file cannot be deleted; others may have been
   */
  public Collected collectGarbage() {
    return new Garbage(checkpoints, store, lock.home()).collect();
  }

  /** The code of this process; its jars are read once only. */
  public synchronized CodeProvenance code() {
    CodeProvenance taken = code.orElseGet(() -> Provenance.take(tools.plugins()));
    code = Optional.of(taken);
    return taken;
  }

  /** Appends an event to a stream beside a run, durably. */
  public <E> void record(BesideMessage<E> message) {
    await(
        new BesideStreams(store, tools.clock())
            .append(message.stream(), message.run(), message.event()));
  }

  /** Puts people's words on a run, durably. */
  public void annotate(RunId run, RunAnnotated annotation) {
    imports.refuseUnderWay(run);
    if (external.isOne(run)) {
      await(external.annotate(run, annotation));
    } else {
      await(supervision.annotate(run, annotation));
    }
  }

  /** Asks all runs to rest; they settle when their frames are durable. */
  public void pauseAll(String reason) {
    supervision.pauseAll(reason).exceptionally(failure -> null);
  }

  /** Completes with the reason when this can journal nothing any more, also when it is closed. */
  public CompletionStage<String> breakdown() {
    return supervision.breakdown();
  }

  /** Where a full disk has ended the journal, the runs that were at work rest in it after this. */
  @Override
  public void close() {
    door.close();
    external.close();
    supervision.close();
    studies.close();
    guests.close();
    conclusion.close();
    workers.close();
    index.close();
    store.close();
    lastWords.write();
    lock.close();
  }

  /** Waits for something, and throws what it failed with. */
  public static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
