package io.saltus.actors;

import io.saltus.actors.SupervisorCommand.QueueNewcomers;
import io.saltus.actors.SupervisorCommand.SubmissionAnswered;
import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.experiment.event.SupervisorEvent.RunEnqueued;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;

/**
 * Runs whose submission is durable and that are not in the queue yet. While the supervisor waits
 * for its journal others arrive: all that came by then are queued by one write.
 */
final class Newcomers {

  private final ActorRef<SupervisorCommand> supervisor;
  private final Roster roster;
  private final List<SupervisedRun> accepted = new ArrayList<>();

  Newcomers(ActorRef<SupervisorCommand> supervisor, Roster roster) {
    this.supervisor = supervisor;
    this.roster = roster;
  }

  /** Notes a run, to be queued once the supervisor has read what else has come meanwhile. */
  void on(SubmissionAnswered answered) {
    SupervisedRun run = roster.find(answered.run()).orElse(null);
    if (run == null || run.stage() != SupervisedRun.Stage.SUBMITTING) {
      return;
    }
    if (answered.answer().isError()) {
      run.order().replyTo().tell(answered.answer());
      roster.dismiss(run);
      return;
    }
    if (accepted.isEmpty()) {
      supervisor.tell(new QueueNewcomers());
    }
    accepted.add(run);
  }

  /** Queues all of them. */
  Optional<DeviceDecisions.Decision> queue() {
    List<SupervisedRun> all = List.copyOf(accepted);
    accepted.clear();
    List<SupervisorEvent> events = new ArrayList<>();
    for (SupervisedRun run : all) {
      // One that has come to rest meanwhile was submitted and needs no device.
      if (roster.find(run.run()).filter(run::equals).isPresent()) {
        roster.queue(run);
        events.add(new RunEnqueued(run.run(), run.order().spec().experiment()));
      }
    }
    Runnable answer = () -> all.forEach(run -> run.order().replyTo().tell(StatusReply.ack()));
    if (events.isEmpty()) {
      answer.run();
      return Optional.empty();
    }
    return Optional.of(new DeviceDecisions.Decision(events, answer));
  }
}
