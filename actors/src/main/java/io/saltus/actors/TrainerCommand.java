package io.saltus.actors;

import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.RunAnnotated;
import io.saltus.persistence.checkpoint.StoredCheckpoint;
import java.util.List;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;

/** What a {@link Trainer} is told. */
sealed interface TrainerCommand {

  /** What somebody waits for. */
  sealed interface Request extends TrainerCommand {
    /** Answered when it is durable, or refused. */
    ActorRef<StatusReply<Done>> replyTo();
  }

  /**
   * Journal a new run. Refused when the run has any event.
   *
   * @param first what is journalled with it: people's words, and the state that a fork begins with
   */
  record Submit(
      RunEvent.RunSubmitted submitted, List<RunEvent> first, ActorRef<StatusReply<Done>> replyTo)
      implements Request {}

  /** Let a run that rests, was interrupted or failed wait for a device again. */
  record Resume(ActorRef<StatusReply<Done>> replyTo) implements Request {}

  /** Give a complete or resting run a later last step. */
  record Extend(long steps, ActorRef<StatusReply<Done>> replyTo) implements Request {}

  /** Journal people's words. Refused when the run has no event. */
  record Annotate(RunAnnotated annotation, ActorRef<StatusReply<Done>> replyTo)
      implements Request {}

  /** Finish and journal the chunk under way, save the state, then rest. */
  record Pause(String reason, ActorRef<StatusReply<Done>> replyTo) implements Request {}

  /** As a pause, but for good. */
  record Cancel(String reason, ActorRef<StatusReply<Done>> replyTo) implements Request {}

  /** Delete a run at which nobody is at work. */
  record Delete(ActorRef<StatusReply<Done>> replyTo) implements Request {}

  /** Begin an attempt. */
  record Begin(Assignment assignment) implements TrainerCommand {}

  /**
   * Finish and journal the chunk under way, save the state, then wait for devices again.
   *
   * @param fence of the attempt that is to end
   * @param reason why, and for whom
   */
  record GiveWay(long fence, String reason) implements TrainerCommand {}

  /** End the attempt that a trainer before this one left open. */
  record CloseAttempt(AttemptEnd cause, String message) implements TrainerCommand {}

  /** Stop once the session is closed. */
  record Leave() implements TrainerCommand {}

  /** Save the state soon, if that can be done at little cost. */
  record SaveSoon() implements TrainerCommand {}

  /** The session said something. */
  record SessionReported(SessionActor.Report report) implements TrainerCommand {}

  /** A state is on disk. */
  record CheckpointWritten(long fence, long step, StoredCheckpoint stored, long nanos)
      implements TrainerCommand {}

  /** A state could not be written. */
  record CheckpointUnwritten(long fence, long step, Throwable failure) implements TrainerCommand {}

  /** The session's actor is gone. */
  record SessionStopped(long fence) implements TrainerCommand {}

  /** A pause has waited long enough. */
  record PatienceEnded(long fence) implements TrainerCommand {}
}
