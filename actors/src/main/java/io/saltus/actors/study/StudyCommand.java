package io.saltus.actors.study;

import io.saltus.actors.study.RunDesk.RunInHand;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.StudyEvent;
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

  /** Bring the study to its end; answered when that is durable, long before the end. */
  record Conduct(StudyOrder order, ActorRef<StatusReply<Done>> replyTo) implements Request {}

  /** Let the study and its runs rest; answered when they do. */
  record Rest(String reason, ActorRef<StatusReply<Done>> replyTo) implements Request {}

  /**
   * End the study and its unfinished runs for good; answered when that is durable.
   *
   * @param desk for when nobody is at work on it
   */
  record Cancel(String reason, RunDesk desk, ActorRef<StatusReply<Done>> replyTo)
      implements Request {}

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
  record Rested(RunRest rest) implements StudyCommand {}

  /** What follows on a run's end is done. */
  record Finished(RunRest rest) implements StudyCommand {}

  /** Runs were cancelled as far as they could be. */
  record Cancelled() implements StudyCommand {}

  /** Look at the budget. */
  record Tick() implements StudyCommand {}

  /**
   * Told to whoever spawned the actor: it has nothing left to do, and waits for {@link Leave}, so
   * that no request is lost between the two.
   */
  record Ready(StudyId study) {}
}
