package io.saltus.app;

import io.saltus.actors.reexecution.JournalHistory;
import io.saltus.actors.reexecution.MaskInput;
import io.saltus.actors.reexecution.Reexecution;
import io.saltus.actors.reexecution.StartingPoint;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent.RunSubmitted;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.experiment.provenance.Fingerprint;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.experiment.spec.DeviceKind;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.runs.RunReader;
import java.nio.file.Path;
import java.util.List;

/**
 * Recorded steps of a run, executed again in this process and compared with the journal, which is
 * only read.
 */
public final class Recomputation implements AutoCloseable {

  private final TrainingSession session;
  private final Reexecution again;
  private final List<StartingPoint.Flaw> flaws;

  private Recomputation(
      TrainingSession session, Reexecution again, List<StartingPoint.Flaw> flaws) {
    this.session = session;
    this.again = again;
    this.flaws = flaws;
  }

  /**
   * Opens a session at the nearest usable checkpoint before the first step.
   *
   * @param from the first step that is wanted; 0 begins with the initial state itself
   * @param until the last one, at most the last recorded one
   * @throws io.saltus.app.problem.Refusal when an input has changed or is gone
   * @throws io.saltus.experiment.session.SessionException when no session can be opened
   */
  public static Recomputation open(
      RunReader runs, Home home, List<Program> programs, RunId run, long from, long until) {
    return open(runs, home, programs, run, from, until, Probing.NONE);
  }

  /**
   * The same with probes that look at the steps.
   *
   * @param probing chooses them
   * @throws io.saltus.app.problem.Refusal as above, and when the program lets nobody look
   * @throws io.saltus.experiment.session.SessionException as above
   */
  public static Recomputation open(
      RunReader runs,
      Home home,
      List<Program> programs,
      RunId run,
      long from,
      long until,
      Probing probing) {
    RunState state = runs.state(run);
    RunStarts.refuseImported(state);
    RunSubmitted submitted = state.submission().orElseThrow();
    Program program = RunPlan.programFor(submitted.spec(), programs);
    requireProcessor(submitted);
    CheckpointStore checkpoints = CheckpointStore.at(home.checkpoints());
    SessionRequest request =
        new SessionRequest(
            submitted.spec(),
            List.of(new DeviceId("cpu", 0)),
            RecordedInputs.find(submitted, program, new LocalPaths(home.local())));
    StartingPoint start = StartingPoint.notBeyond(from - 1, state, checkpoints);
    TrainingSession session =
        MaskInput.open(program, request.withProbes(probing.probes(program, request)));
    try {
      start.restore(session);
      return new Recomputation(
          session,
          new Reexecution(session, new JournalHistory(runs, run), checkpoints, until),
          start.flaws());
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** What a GPU computed comes out otherwise on the processor: a difference would mean nothing. */
  static void requireProcessor(RunSubmitted submitted) {
    if (submitted.spec().placing().kind() == DeviceKind.GPU) {
      throw Refusal.failed(
          "the run was computed on a GPU",
          submitted.run().value(),
          "This version executes steps again on the processor only; 'resume' uses the GPU.");
    }
  }

  /**
   * The code that computes here.
   *
   * @param plugins jars beside the class path
   */
  public static CodeProvenance code(List<Path> plugins) {
    return Provenance.take(plugins);
  }

  /** What is executed. */
  public Reexecution steps() {
    return again;
  }

  /** The environment that it computes in. */
  public Fingerprint fingerprint() {
    return session.fingerprint();
  }

  /** What it records. */
  public Catalogue catalogue() {
    return session.catalogue();
  }

  /** Checkpoints that were looked at and cannot be used. */
  public List<StartingPoint.Flaw> flaws() {
    return flaws;
  }

  @Override
  public void close() {
    session.close();
  }
}
