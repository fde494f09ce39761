package io.saltus.actors.study;

import io.saltus.actors.study.RunDesk.RunInHand;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.StudyEvent;
import io.saltus.experiment.event.StudyEvent.StudyOutcome;
import io.saltus.experiment.spec.PlannedRun;
import java.util.List;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.jspecify.annotations.Nullable;

/** What the actor of a study is told. */
public sealed interface StudyCommand {

  /** What people ask, and are answered. */
  sealed interface Request extends StudyCommand {
    /** Who is answered. */
    ActorRef<StatusReply<Done>> replyTo();
  }

  /**
   * Bring the study to its end; answered when that is durable, long before the end. One that is
   * refused has its order's {@code settled} cancelled.
   *
   * @param again whether an actor that died may have journalled the order's first events
   */
  record Conduct(StudyOrder order, boolean again, ActorRef<StatusReply<Done>> replyTo)
      implements Request {
    /** One that no other actor was told. */
    public Conduct(StudyOrder order, ActorRef<StatusReply<Done>> replyTo) {
      this(order, false, replyTo);
    }
  }

  /** Let the study and its runs rest; answered when they do. */
  record Rest(String reason, ActorRef<StatusReply<Done>> replyTo) implements Request {}

  /**
   * End the study and its unfinished runs for good; answered when that is durable.
   *
   * @param desk for when nobody is at work on it
   */
  record Cancel(String reason, RunDesk desk, ActorRef<StatusReply<Done>> replyTo)
      implements Request {}

  /**
   * Its own runs have a later last step; answered when that is durable. Where it is at work, they
   * go on to it at once.
   */
  record Extend(long steps, ActorRef<StatusReply<Done>> replyTo) implements Request {}

  /** Journal something about a study at which nobody is at work. */
  record Note(StudyEvent event, ActorRef<StatusReply<Done>> replyTo) implements Request {}

  /** Nothing more is asked of this actor: it may go. */
  record Leave() implements StudyCommand {}

  /** The desk has read how the runs stand, or could not. */
  record Looked(@Nullable Standing standing, @Nullable Throwable failure) implements StudyCommand {}

  /** The desk has looked for a finished run. */
  record Compared(PlannedRun planned, List<RunId> equal) implements StudyCommand {}

  /** The desk has begun a run, or could not. */
  record Begun(
      RunId run, PlannedRun planned, @Nullable RunInHand inHand, @Nullable Throwable failure)
      implements StudyCommand {}

  /** A run has come to rest. */
  record Rested(RunRest rest, PlannedRun planned) implements StudyCommand {}

  /** What follows on a run's end is done, or could not be. */
  record Finished(RunRest rest, PlannedRun planned, @Nullable Throwable failure)
      implements StudyCommand {}

  /** The desk has brought a run to rest, or could not. */
  record Asked(RunId run, StudyOutcome outcome) implements StudyCommand {}

  /** Runs were cancelled as far as they could be, unless it isn't known which there are. */
  record Cancelled(@Nullable Throwable failure) implements StudyCommand {}

  /** Look at the budget, and at what does not come to rest. */
  record Tick() implements StudyCommand {}

  /**
   * Told to whoever spawned the actor: it has nothing left to do, and waits for {@link Leave}.
   *
   * @param heard how many requests it has heard; where more were sent, it is not ready, and says so
   *     again when it has heard them
   */
  record Ready(StudyId study, long heard) {}
}
