package io.saltus.actors;

import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.provenance.Fingerprint;
import io.saltus.experiment.session.Chunk;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.function.LongSupplier;
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

  /** Close the session and stop, within the patience given. */
  record Close() implements Command {}

  private record Closed() implements Command {}

  private record CloseOverdue() implements Command {}

  /** What a session tells its trainer; under the fence of its assignment. */
  sealed interface Report {
    /** The lease under which the session was opened. */
    long fence();
  }

  /** It stands at its initial state. */
  record Opened(long fence, Fingerprint fingerprint, Catalogue catalogue) implements Report {}

  /**
   * A chunk is done.
   *
   * @param number of the chunk
   * @param nanos what it took
   */
  record Computed(long fence, long number, MetricFrame frame, long nanos) implements Report {}

  /** It could not be opened, or could not go on. */
  record Failed(long fence, AttemptEnd cause, String message) implements Report {}

  private final ExecutorService thread;
  private final SessionWork work;
  private final Duration closePatience;
  private boolean closing;

  private SessionActor(
      ActorContext<Command> context,
      SessionWork work,
      ExecutorService thread,
      Duration closePatience) {
    super(context);
    this.work = work;
    this.thread = thread;
    this.closePatience = closePatience;
    thread.execute(work::open);
  }

  /**
   * @param trainer hears the reports
   * @param thread of this session alone; shut down when the actor stops
   */
  static Behavior<Command> create(
      Assignment assignment,
      ActorRef<Report> trainer,
      ExecutorService thread,
      LongSupplier nanoTime,
      Duration closePatience) {
    return Behaviors.setup(
        context ->
            new SessionActor(
                context,
                new SessionWork(assignment, trainer::tell, nanoTime),
                thread,
                closePatience));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Compute.class, this::onCompute)
        .onMessage(Close.class, close -> onClose())
        .onMessage(Closed.class, closed -> Behaviors.stopped())
        .onMessage(CloseOverdue.class, overdue -> onCloseOverdue())
        .onSignal(PostStop.class, stopped -> onPostStop())
        .build();
  }

  private Behavior<Command> onCompute(Compute compute) {
    if (!closing) {
      thread.execute(() -> work.run(compute));
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
      getContext().scheduleOnce(closePatience, self, new CloseOverdue());
    }
    return this;
  }

  private Behavior<Command> onCloseOverdue() {
    getContext()
        .getLog()
        .warn(
            "a training session did not close within {}; its thread is left to itself",
            closePatience);
    return Behaviors.stopped();
  }

  private Behavior<Command> onPostStop() {
    if (!closing) {
      thread.execute(work::close);
    }
    thread.shutdown();
    return this;
  }
}
