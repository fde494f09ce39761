package io.saltus.actors;

import io.saltus.actors.reexecution.Difference;
import io.saltus.actors.reexecution.StartingPoint;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.provenance.Fingerprint;
import io.saltus.experiment.session.Chunk;
import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.session.UntilProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ExecutorService;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * One training session as an actor. It computes nothing itself: every call of the session is made
 * by the session's own thread, so that the actor answers while a chunk runs, and can be ended when
 * one never does. Opens the session when it starts.
 */
final class SessionActor extends AbstractBehavior<SessionActor.Command> {

  /** What a session is asked. */
  sealed interface Command {}

  /**
   * Execute a chunk.
   *
   * @param number of the chunk in its attempt, from 0
   */
  record Compute(long number, Chunk chunk) implements Command {}

  /**
   * Execute recorded steps again and compare them.
   *
   * @param number of the order in its attempt, from 0
   * @param steps how many at most
   */
  record CatchUp(long number, long steps) implements Command {}

  /** Go back to the state with which the attempt began. */
  record StartOver() implements Command {}

  /** Copy the state as it is after what was asked before. */
  record Capture() implements Command {}

  /** Close the session and stop, within the patience given. */
  record Close() implements Command {}

  private record Closed() implements Command {}

  private record CloseOverdue() implements Command {}

  private record Look() implements Command {}

  /** What a session tells its trainer; under the fence of its assignment. */
  sealed interface Report {
    /** The lease under which the session was opened. */
    long fence();
  }

  /**
   * It holds the state from which the attempt goes on.
   *
   * @param fromStep whose state that is; -1 when it begins with step 0 itself
   * @param flaws of checkpoints that cannot be used
   * @param until progress of the rules at the end of the journal
   * @param best values of the metric by which a checkpoint is the best, by step
   * @param ends when the attempts since the last new step ended, by their numbers
   */
  record Opened(
      long fence,
      Fingerprint fingerprint,
      Catalogue catalogue,
      long fromStep,
      List<StartingPoint.Flaw> flaws,
      UntilProgress until,
      SortedMap<Long, Double> best,
      SortedMap<Integer, Instant> ends)
      implements Report {}

  /**
   * Recorded steps were executed again, and all was equal.
   *
   * @param number of the order
   * @param step the last of them
   * @param steps how many
   * @param nanos what they took
   */
  record Matched(long fence, long number, long step, long steps, long nanos) implements Report {}

  /** A recorded step was executed again and came out otherwise. */
  record Differed(long fence, Difference difference) implements Report {}

  /**
   * It is back at the state with which the attempt began.
   *
   * @param until progress of the rules there
   */
  record StartedOver(long fence, UntilProgress until) implements Report {}

  /**
   * The state was copied.
   *
   * @param step after which
   * @param nanos what it took
   */
  record Captured(long fence, long step, List<TensorValue> state, long nanos) implements Report {}

  /**
   * A chunk is done.
   *
   * @param number of the chunk
   * @param nanos what it took
   */
  record Computed(long fence, long number, MetricFrame frame, long nanos) implements Report {}

  /** It could not be opened, or could not go on. */
  record Failed(long fence, AttemptEnd cause, String message) implements Report {

    /** Its thread does not come back. */
    static Failed hung(long fence) {
      return new Failed(
          fence,
          AttemptEnd.HUNG,
          "the session gives no answer, and a thread cannot be ended from outside: only the process"
              + " can.");
    }

    /** Its actor is gone without a word. */
    static Failed stopped(long fence) {
      return new Failed(fence, AttemptEnd.EXCEPTION, "the session's actor stopped unexpectedly");
    }
  }

  private final ExecutorService thread;
  private final SessionWork work;
  private final HangWatch watch;
  private final Runnable hung;
  private final TrainerTools tools;
  private boolean closing;
  private boolean overdue;

  private SessionActor(
      ActorContext<Command> context,
      SessionWork work,
      HangWatch watch,
      Runnable hung,
      ExecutorService thread,
      TrainerTools tools) {
    super(context);
    this.work = work;
    this.watch = watch;
    this.hung = hung;
    this.thread = thread;
    this.tools = tools;
    thread.execute(() -> watch.during(work::open));
    lookLater();
  }

  /**
   * @param trainer hears the reports
   * @param thread of this session alone; shut down when the actor stops
   */
  static Behavior<Command> create(
      Assignment assignment, ActorRef<Report> trainer, ExecutorService thread, TrainerTools tools) {
    return Behaviors.setup(
        context -> {
          HangWatch watch = new HangWatch(tools.settings().hang(), tools.nanoTime());
          return new SessionActor(
              context,
              new SessionWork(assignment, trainer::tell, watch, tools),
              watch,
              () -> trainer.tell(Failed.hung(assignment.fence())),
              thread,
              tools);
        });
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(
            Compute.class, compute -> onWork(() -> watch.duringChunk(() -> work.run(compute))))
        .onMessage(CatchUp.class, order -> onWork(() -> watch.during(() -> work.catchUp(order))))
        .onMessage(StartOver.class, order -> onWork(() -> watch.during(work::startOver)))
        .onMessage(Capture.class, order -> onWork(() -> watch.during(work::capture)))
        .onMessage(Look.class, look -> onLook())
        .onMessage(Close.class, close -> onClose())
        .onMessage(Closed.class, closed -> Behaviors.stopped())
        .onMessage(CloseOverdue.class, overdue -> onCloseOverdue())
        .onSignal(PostStop.class, stopped -> onPostStop())
        .build();
  }

  private Behavior<Command> onWork(Runnable call) {
    if (!closing) {
      thread.execute(call);
    }
    return this;
  }

  private Behavior<Command> onClose() {
    if (!closing) {
      closing = true;
      ActorRef<Command> self = getContext().getSelf();
      thread.execute(
          () -> {
            work.close();
            self.tell(new Closed());
          });
      getContext().scheduleOnce(closePatience(), self, new CloseOverdue());
    }
    return this;
  }

  private Behavior<Command> onCloseOverdue() {
    getContext()
        .getLog()
        .warn(
            "a training session did not close within {}; its thread is left to itself",
            closePatience());
    if (overdue) {
      // What it holds cannot be had back, and where it hangs is journalled.
      tools.stuck().run();
    }
    return Behaviors.stopped();
  }

  private Duration closePatience() {
    return tools.settings().closePatience();
  }

  private void lookLater() {
    getContext().scheduleOnce(tools.settings().hang().tick(), getContext().getSelf(), new Look());
  }

  private Behavior<Command> onLook() {
    if (closing) {
      return this;
    }
    if (watch.overdue()) {
      overdue = true;
      hung.run();
    } else {
      lookLater();
    }
    return this;
  }

  private Behavior<Command> onPostStop() {
    if (!closing) {
      thread.execute(work::close);
    }
    thread.shutdown();
    return this;
  }
}
