package io.saltus.actors;

import io.saltus.experiment.RunId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;

/**
 * Which runs of a supervisor are to rest: all of them, or single ones. A run that waits has nothing
 * to journal: it goes on waiting in the journal, and in this process nobody waits for it any more.
 */
final class Pauses {

  private final Roster roster;
  private final StudyRoster studies;
  private final List<ActorRef<Done>> asking = new ArrayList<>();
  private final Set<RunId> single = new LinkedHashSet<>();

  Pauses(Roster roster, StudyRoster studies) {
    this.roster = roster;
    this.studies = studies;
  }

  /** Whether everything is being brought to rest, so that nothing new may begin. */
  boolean ofAll() {
    return !asking.isEmpty();
  }

  /** Brings all studies and runs to rest. */
  void all(SupervisorCommand.PauseAll pause, ActorRef<StatusReply<Done>> nobody) {
    asking.add(pause.replyTo());
    studies.rest(pause.reason());
    roster.unparkAll();
    restWaiting();
    roster.runs().stream()
        .filter(run -> run.stage() == SupervisedRun.Stage.WORKING)
        .forEach(run -> run.pause(pause.reason(), nobody));
    answer();
  }

  /** Brings one run to rest; where its attempt ends before it can, before its next one. */
  void one(SupervisorCommand.RestRun rest) {
    Optional<SupervisedRun> found = roster.find(rest.run());
    boolean parked = roster.unpark(rest.run());
    if (parked) {
      rest.replyTo().tell(StatusReply.ack());
      return;
    }
    if (found.isEmpty()) {
      rest.replyTo().tell(StatusReply.error("nobody is at work on run " + rest.run()));
      return;
    }
    single.add(rest.run());
    if (found.get().stage().waits()) {
      restWaiting();
      rest.replyTo().tell(StatusReply.ack());
    } else {
      found.get().pause(rest.reason(), rest.replyTo());
    }
    answer();
  }

  /** Lets those rest that are to, and wait. */
  void restWaiting() {
    if (ofAll()) {
      roster.runs().stream().filter(run -> run.stage().waits()).forEach(roster::restInQueue);
    }
    for (RunId run : List.copyOf(single)) {
      Optional<SupervisedRun> found = roster.find(run);
      if (found.isEmpty()) {
        single.remove(run);
      } else if (found.get().stage().waits()) {
        single.remove(run);
        roster.restInQueue(found.get());
      }
    }
  }

  /** Answers those who wait for everything to rest, where it does and every actor is gone. */
  void answer() {
    if (roster.isDeserted() && studies.isDeserted()) {
      asking.forEach(waiting -> waiting.tell(Done.getInstance()));
      asking.clear();
    }
  }
}
