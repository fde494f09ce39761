package io.saltus.actors;

import io.saltus.actors.study.StudyCommand;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.persistence.projection.SupervisorState;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;

/** What a supervisor is told. */
sealed interface SupervisorCommand {

  /** Accept a new run. */
  record Submit(Order order, Submission submission) implements SupervisorCommand {}

  /** Let a run that is in the journal go on. */
  record Resume(Order order) implements SupervisorCommand {}

  /**
   * Have the trainer of a run do something: the one at work, or one that comes for this alone.
   *
   * @param request made for whoever is to be answered
   */
  record Hand(
      RunId run,
      Function<ActorRef<StatusReply<Done>>, TrainerCommand.Request> request,
      ActorRef<StatusReply<Done>> replyTo)
      implements SupervisorCommand {}

  /** Bring every run to rest; answered when all have, and all sessions are closed. */
  record PauseAll(String reason, ActorRef<Done> replyTo) implements SupervisorCommand {}

  /** Show what the journal says. */
  record Look(ActorRef<SupervisorState> replyTo) implements SupervisorCommand {}

  /** A trainer has journalled its submission, or refused it. */
  record SubmissionAnswered(RunId run, StatusReply<Done> answer) implements SupervisorCommand {}

  /** Put the runs in the queue that have been submitted since. */
  record QueueNewcomers() implements SupervisorCommand {}

  /** A run has come to rest. */
  record TrainerSettled(Settlement settlement) implements SupervisorCommand {}

  /** A trainer could not make an event durable; it stops. */
  record TrainerJournalFailed(RunId run, long step, String message) implements SupervisorCommand {}

  /** A trainer could not read its stream; it stops. */
  record TrainerUnreadable(RunId run, String message) implements SupervisorCommand {}

  /** A trainer is gone. */
  record TrainerStopped(ActorRef<Void> trainer, String cause) implements SupervisorCommand {}

  /** Free the devices that a process before this one held. */
  record ReclaimLeases(SortedSet<Long> fences) implements SupervisorCommand {}

  /** A run waits to be tried again; its session is closed, so its devices are free. */
  record TrainerWaits(RunId run, AttemptEnd cause, Duration after) implements SupervisorCommand {}

  /** A run has waited long enough for another try. */
  record BackOffEnded(RunId run) implements SupervisorCommand {}

  /** The disk was looked at. */
  record DiskSeen(DiskWatch.Seen disk) implements SupervisorCommand {}

  /** A drained device is tried again. */
  record Restore(DeviceId device) implements SupervisorCommand {}

  /** Have the actor of a study do something. */
  record HandStudy(StudyId study, StudyCommand.Request request) implements SupervisorCommand {}

  /** The actor of a study has nothing left to do. */
  record StudyReady(StudyCommand.Ready ready) implements SupervisorCommand {}

  /** Let a run of this process rest, also one that waits for its devices. */
  record RestRun(RunId run, String reason, ActorRef<StatusReply<Done>> replyTo)
      implements SupervisorCommand {}

  /**
   * Wait for the end of a run that this process is at work on; answered with nothing if it isn't.
   */
  record Join(RunId run, ActorRef<Optional<RunHandle>> replyTo) implements SupervisorCommand {}
}
