package io.saltus.actors;

import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.session.Chunk;
import io.saltus.experiment.session.UntilProgress;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** The session side of an attempt as its trainer sees it. Lost with the trainer, by design. */
final class Attempt {

  private final Assignment assignment;
  private final ActorRef<SessionActor.Command> session;
  private final ChunkSizer sizer;
  private long asked;
  private long arrived;
  private String pauseReason = "";

  private Attempt(
      Assignment assignment, ActorRef<SessionActor.Command> session, SupervisionSettings settings) {
    this.assignment = assignment;
    this.session = session;
    this.sizer = new ChunkSizer(settings.chunkTarget(), settings.chunkSteps());
  }

  /** Begins an attempt: its session is opened by an actor that {@code trainer} watches. */
  static Attempt open(
      Assignment assignment, ActorContext<Trainer.Command> trainer, TrainerTools tools) {
    ActorRef<SessionActor.Command> session =
        trainer.spawn(
            SessionActor.create(
                assignment,
                trainer.messageAdapter(SessionActor.Report.class, Trainer.SessionReported::new),
                tools.threads().one(),
                tools.nanoTime(),
                tools.settings().closePatience()),
            "session-" + assignment.fence());
    trainer.watch(session);
    return new Attempt(assignment, session, tools.settings());
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

  /** Asks for the chunk that begins at {@code first}. */
  void ask(long first, long end, UntilProgress until) {
    long last = Math.min(end, first + sizer.size() - 1);
    session.tell(new SessionActor.Compute(asked++, new Chunk(first, last, end, until)));
  }

  /** Whether the chunk of this number is the one that is due. */
  boolean expects(long number) {
    return number == arrived && number < asked;
  }

  void arrived(MetricFrame frame, long nanos) {
    arrived++;
    sizer.took(frame.until() - frame.from() + 1, nanos);
  }

  void pause(String reason) {
    pauseReason = reason;
  }

  String pauseReason() {
    return pauseReason;
  }
}
