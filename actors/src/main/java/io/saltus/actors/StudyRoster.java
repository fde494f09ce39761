package io.saltus.actors;

import io.saltus.actors.study.StudyActor;
import io.saltus.actors.study.StudyCommand;
import io.saltus.actors.study.StudyCommand.Conduct;
import io.saltus.actors.study.StudyCommand.Request;
import io.saltus.experiment.StudyId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.pattern.StatusReply;

/**
 * The studies of a supervisor: those at work, and those that came for one request. A study whose
 * actor dies gets another one, which reads its journal, joins the runs that went on meanwhile and
 * hears again what the dead one may not have done; after the third it is given up, its runs go on,
 * and whoever waits for it is told.
 */
final class StudyRoster {

  private static final int MOST_ACTORS = 3;

  private final ActorContext<SupervisorCommand> supervisor;
  private final ActorRef<StudyCommand.Ready> ready;
  private final Map<StudyId, Present> present = new LinkedHashMap<>();
  private long actors;

  /** A study that has an actor. */
  private static final class Present {
    private ActorRef<StudyCommand> actor;
    private long told;
    private int deaths;
    private boolean leaving;
    private final Deque<Request> open = new ArrayDeque<>();
    private final Deque<Request> patient = new ArrayDeque<>();

    Present(ActorRef<StudyCommand> actor) {
      this.actor = actor;
    }

    /** Whether it is to bring the study to its end, and has not. */
    boolean works() {
      return open.stream().anyMatch(Conduct.class::isInstance);
    }

    void tell(Request request) {
      forgetSettled();
      // What is noted is refused at once while the study is at work, and asks for no other actor.
      if (!(request instanceof StudyCommand.Note && works())) {
        open.add(request);
      }
      told++;
      actor.tell(request);
    }

    void forgetSettled() {
      open.removeIf(each -> each instanceof Conduct conduct && conduct.order().settled().isDone());
    }

    void giveUp(String why) {
      RefusedException refused = new RefusedException(why);
      for (Request each : open) {
        each.replyTo().tell(StatusReply.error(why));
        if (each instanceof Conduct conduct) {
          conduct.order().settled().completeExceptionally(refused);
        }
      }
    }
  }

  StudyRoster(ActorContext<SupervisorCommand> supervisor) {
    this.supervisor = supervisor;
    this.ready =
        supervisor.messageAdapter(StudyCommand.Ready.class, SupervisorCommand.StudyReady::new);
  }

  /** Hands a request to the actor of a study: the one at work, or one that comes for it alone. */
  void hand(StudyId study, Request request) {
    Present found = present.get(study);
    if (found != null && found.leaving) {
      // It goes; another comes for this when it is gone.
      found.patient.add(request);
      return;
    }
    if (found == null) {
      found = new Present(spawn(study));
      present.put(study, found);
    }
    found.tell(request);
  }

  private ActorRef<StudyCommand> spawn(StudyId study) {
    ActorRef<StudyCommand> actor =
        supervisor.spawn(
            StudyActor.create(study, ready, TrainerTools.FAULTS),
            "study-" + study + "-" + actors++);
    supervisor.watch(actor);
    return actor;
  }

  /** An actor has nothing left to do: what comes from now on waits until it is gone. */
  void ready(StudyCommand.Ready ready) {
    Present found = present.get(ready.study());
    // It may not have heard yet what it was told last; then it will be ready once more.
    if (found != null && !found.leaving && ready.heard() == found.told) {
      found.leaving = true;
      found.open.clear();
      found.actor.tell(new StudyCommand.Leave());
    }
  }

  /** Whether an actor that is gone was that of a study, and what follows is done. */
  boolean left(ActorRef<Void> actor, String cause) {
    Optional<Map.Entry<StudyId, Present>> found =
        present.entrySet().stream()
            .filter(each -> each.getValue().actor.unsafeUpcast().equals(actor))
            .findFirst();
    found.ifPresent(each -> left(each.getKey(), each.getValue(), cause));
    return found.isPresent();
  }

  private void left(StudyId study, Present gone, String cause) {
    gone.forgetSettled();
    gone.deaths++;
    if (gone.works() && gone.deaths < MOST_ACTORS) {
      supervisor.getLog().warn("study {} goes on with another actor: {}", study, cause);
      List<Request> again = List.copyOf(gone.open);
      gone.open.clear();
      gone.told = 0;
      gone.actor = spawn(study);
      again.forEach(request -> gone.tell(again(request)));
      return;
    }
    present.remove(study);
    gone.giveUp("the study's actor died: " + cause);
    // By way of the supervisor, which may refuse them by now.
    ActorRef<SupervisorCommand> self = supervisor.getSelf();
    gone.patient.forEach(request -> self.tell(new SupervisorCommand.HandStudy(study, request)));
  }

  private static Request again(Request request) {
    return request instanceof Conduct conduct
        ? new Conduct(conduct.order(), true, conduct.replyTo())
        : request;
  }

  /** Lets every study that is at work rest. */
  void rest(String reason) {
    ActorRef<StatusReply<Done>> nobody = supervisor.getSystem().ignoreRef();
    for (Present each : present.values()) {
      each.forgetSettled();
      if (each.works()) {
        each.tell(new StudyCommand.Rest(reason, nobody));
      }
    }
  }

  /** Nothing can be written any longer: whoever waits is told. */
  void stopWriting(String why) {
    List<Present> all = List.copyOf(present.values());
    present.clear();
    for (Present each : all) {
      each.open.addAll(each.patient);
      each.giveUp("the journal cannot be written: " + why);
      supervisor.stop(each.actor);
    }
  }

  /** Whether no study has an actor. */
  boolean isDeserted() {
    return present.isEmpty();
  }
}
