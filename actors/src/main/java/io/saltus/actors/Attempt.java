package io.saltus.actors;

import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.session.Chunk;
import io.saltus.experiment.session.UntilProgress;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.persistence.checkpoint.Retention;
import io.saltus.persistence.projection.CheckpointState;
import io.saltus.persistence.projection.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** The session side of an attempt as its trainer sees it. Lost with the trainer, by design. */
final class Attempt {

  /** Why an attempt is to end before its run does. */
  record Leave(AttemptEnd cause, String reason) {

    /** How the run comes to rest by it. */
    RunOutcome outcome() {
      return cause == AttemptEnd.CANCELLED ? RunOutcome.CANCELLED : RunOutcome.PAUSED;
    }
  }

  /**
   * That the run is tried again.
   *
   * @param after how long it waits before that
   * @param cause why the attempt ended
   * @param lostOpenings sessions in a row that were lost before they were open
   */
  record Restart(Duration after, AttemptEnd cause, int lostOpenings) {}

  private final Assignment assignment;
  private final ActorRef<SessionActor.Command> session;
  private final ActorRef<TrainerCommand> trainer;
  private final TrainerTools tools;
  private final ChunkSizer sizer;
  private final BestStep best;
  private CheckpointSchedule schedule;
  private SortedMap<Integer, Instant> ends = new TreeMap<>();
  private UntilProgress progress = UntilProgress.of(List.of());
  private Leave leave = new Leave(AttemptEnd.PAUSED, "");
  private final int lostOpenings;
  private Optional<Restart> restart = Optional.empty();
  private long asked;
  private long arrived;
  private boolean open;
  private boolean waiting;
  private boolean saving;
  private boolean writing;
  private long copyNanos;

  private Attempt(
      Assignment assignment,
      ActorRef<SessionActor.Command> session,
      ActorRef<TrainerCommand> trainer,
      TrainerTools tools,
      int lostOpenings) {
    this.assignment = assignment;
    this.session = session;
    this.trainer = trainer;
    this.tools = tools;
    this.lostOpenings = lostOpenings;
    this.sizer = new ChunkSizer(tools.settings().chunkTarget(), tools.settings().chunkSteps());
    this.best = BestStep.of(assignment.request().spec().checkpoint().keepBest());
    this.schedule = scheduleOf(RunState.empty());
  }

  /**
   * Begins an attempt: its session is opened by an actor that {@code trainer} watches.
   *
   * @param lostOpenings sessions in a row that were lost before they were open
   */
  static Attempt open(
      Assignment assignment,
      ActorContext<TrainerCommand> trainer,
      TrainerTools tools,
      int lostOpenings) {
    ActorRef<SessionActor.Command> session =
        trainer.spawn(
            SessionActor.create(
                assignment,
                trainer.messageAdapter(
                    SessionActor.Report.class, TrainerCommand.SessionReported::new),
                tools.threads().one(),
                tools),
            "session-" + assignment.fence());
    trainer.watch(session);
    return new Attempt(assignment, session, trainer.getSelf(), tools, lostOpenings);
  }

  Assignment assignment() {
    return assignment;
  }

  long fence() {
    return assignment.fence();
  }

  ActorRef<SessionActor.Command> session() {
    return session;
  }

  /** Has the session closed. */
  void close() {
    session.tell(new SessionActor.Close());
  }

  /** The session is open, in a run whose journal says {@code state}. */
  void opened(RunState state, SessionActor.Opened opened) {
    open = true;
    schedule = scheduleOf(state);
    progress = opened.until();
    best.takeOver(opened.best());
    ends = opened.ends();
  }

  /** When earlier attempts since the last new step had ended, by their numbers. */
  SortedMap<Integer, Instant> ends() {
    return ends;
  }

  /** How far the rules of {@code until} have come with the last frame that arrived. */
  UntilProgress progress() {
    return progress;
  }

  void progress(UntilProgress now) {
    progress = now;
  }

  /** Asks for a part of what is to be executed again. */
  void catchUp() {
    session.tell(new SessionActor.CatchUp(asked++, sizer.size()));
  }

  /** Has the session go back to the state with which the attempt began. */
  void startOver() {
    // What was asked before is answered: by the difference.
    arrived = asked;
    session.tell(new SessionActor.StartOver());
  }

  /** Asks for the chunk that begins at {@code first}. */
  void ask(long first, long end) {
    long last = Math.min(Math.min(end, first + sizer.size() - 1), schedule.boundary(first));
    session.tell(new SessionActor.Compute(asked++, new Chunk(first, last, end, progress)));
  }

  /** Whether the report of this number is the one that is due. */
  boolean expects(long number) {
    return number == arrived && number < asked;
  }

  void arrived(MetricFrame frame, long nanos) {
    best.observe(frame);
    arrived(frame.until() - frame.from() + 1, nanos);
  }

  void arrived(long steps, long nanos) {
    arrived++;
    sizer.took(steps, nanos);
  }

  /**
   * Asks for what follows a frame: a copy of the state where a checkpoint is due, then the next
   * chunk. Where one is due while another is still being written, a cadence in steps waits for it
   * and one in time leaves it out.
   */
  void goOn(long step, long end) {
    if (schedule.due(step)) {
      if (saving && schedule.exact()) {
        waiting = true;
        return;
      } else if (!saving) {
        capture();
      }
    } else if (!saving && schedule.wished()) {
      capture();
    }
    ask(step + 1, end);
  }

  /** A state saved soon is wanted; where one was saved just before, that is as good. */
  void saveSoon() {
    schedule.wish();
  }

  /** Has the session copy its state; what is asked of it later is computed afterwards. */
  void capture() {
    saving = true;
    schedule.begins();
    session.tell(new SessionActor.Capture());
  }

  /** Has a copied state written; the trainer is told when it is on disk. */
  void save(SessionActor.Captured captured) {
    copyNanos = captured.nanos();
    writing = true;
    long begun = tools.nanoTime().getAsLong();
    tools
        .checkpoints()
        .save(captured.state())
        .whenComplete(
            (stored, failure) ->
                trainer.tell(
                    failure == null
                        ? new TrainerCommand.CheckpointWritten(
                            fence(), captured.step(), stored, tools.nanoTime().getAsLong() - begun)
                        : new TrainerCommand.CheckpointUnwritten(
                            fence(), captured.step(), failure)));
  }

  /** The file of a state is written, or could not be. */
  void settledFile() {
    writing = false;
  }

  /** Whether a file is being written, of which the trainer is still to hear. */
  boolean isWriting() {
    return writing;
  }

  /** A state is on disk; what waited for that goes on. */
  void saved(long nanos, long step, long end) {
    saving = false;
    schedule.ends(copyNanos, nanos);
    if (waiting) {
      waiting = false;
      capture();
      ask(step + 1, end);
    }
  }

  /** Saves the state in which the attempt ends, after the one that is being written. */
  void captureLast() {
    waiting = false;
    if (!saving) {
      capture();
    }
  }

  /** Sessions in a row that were lost before they were open, before this one. */
  int lostOpenings() {
    return lostOpenings;
  }

  /** The run will be tried again once this attempt's session is closed. */
  void triedAgain(Duration after, AttemptEnd cause) {
    restart = Optional.of(new Restart(after, cause, open ? 0 : lostOpenings + 1));
  }

  /** The run waits for devices again once this attempt's session is closed: nothing went wrong. */
  void gaveWay() {
    restart =
        Optional.of(new Restart(Duration.ZERO, AttemptEnd.PREEMPTED, open ? 0 : lostOpenings));
  }

  /** Whether it is to end for another run, and nobody wants its own to rest. */
  boolean givesWay() {
    return leave.cause() == AttemptEnd.PREEMPTED;
  }

  /** That the run is tried again; empty where it is not. */
  Optional<Restart> restart() {
    return restart;
  }

  /** Those of a run's checkpoints that are not worth their space. */
  List<CheckpointState> drops(List<CheckpointState> checkpoints, RunState state) {
    ExperimentSpec spec = assignment.request().spec();
    return new Retention(
            spec.checkpoint().keepLast(), spec.checkpoint().keepEvery(), spec.resume().overlap())
        .drops(checkpoints, best.step(checkpoints), Math.max(0, state.beginsWith()), state.step());
  }

  /** A cancellation stays one, whoever wants a pause after it. */
  void leave(Leave how) {
    if (leave.cause() != AttemptEnd.CANCELLED) {
      leave = how;
    }
  }

  Leave leave() {
    return leave;
  }

  private CheckpointSchedule scheduleOf(RunState state) {
    return CheckpointSchedule.of(
        assignment.request().spec().checkpoint().every(), state, tools.nanoTime());
  }
}
