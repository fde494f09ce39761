package io.saltus.actors;

import io.saltus.actors.study.StudyActor;
import io.saltus.actors.study.StudyCommand;
import io.saltus.actors.study.StudyCommand.Conduct;
import io.saltus.actors.study.StudyOrder;
import io.saltus.experiment.StudyId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.pattern.StatusReply;
import org.jspecify.annotations.Nullable;

/**
 * The studies of a supervisor: those at work, and those that came for one request. A study whose
 * actor dies gets another one, which reads its journal and joins the runs that went on meanwhile;
 * after the third it is given up, its runs go on, and whoever waits for it is told.
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
    private @Nullable StudyOrder order;
    private int deaths;
    private boolean leaving;
    private final Deque<StudyCommand.Request> patient = new ArrayDeque<>();

    Present(ActorRef<StudyCommand> actor) {
      this.actor = actor;
    }

    boolean works() {
      return order != null && !order.settled().isDone();
    }
  }

  StudyRoster(ActorContext<SupervisorCommand> supervisor) {
    this.supervisor = supervisor;
    this.ready =
        supervisor.messageAdapter(
            StudyCommand.Ready.class, each -> new SupervisorCommand.StudyReady(each.study()));
  }

  /** Hands a request to the actor of a study: the one at work, or one that comes for it alone. */
  void hand(StudyId study, StudyCommand.Request request) {
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
    tell(found, request);
  }

  private static void tell(Present found, StudyCommand.Request request) {
    if (request instanceof Conduct conduct && !found.works()) {
      found.order = conduct.order();
    }
    found.actor.tell(request);
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
  void ready(StudyId study) {
    Present found = present.get(study);
    if (found != null && !found.leaving) {
      found.leaving = true;
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
    if (gone.works() && !gone.leaving && gone.deaths + 1 < MOST_ACTORS) {
      StudyOrder order = gone.order.again();
      gone.deaths++;
      gone.actor = spawn(study);
      supervisor.getLog().warn("study {} goes on with another actor: {}", study, cause);
      ActorRef<StatusReply<Done>> nobody = supervisor.getSystem().ignoreRef();
      gone.actor.tell(new Conduct(order, nobody));
      return;
    }
    present.remove(study);
    giveUp(gone, "the study's actor died: " + cause);
    List<StudyCommand.Request> waiting = List.copyOf(gone.patient);
    waiting.forEach(request -> hand(study, request));
  }

  private static void giveUp(Present gone, String why) {
    StudyOrder order = gone.order;
    if (order != null) {
      order.settled().completeExceptionally(new RefusedException(why));
    }
  }

  /** Lets every study that is at work rest. */
  void rest(String reason) {
    ActorRef<StatusReply<Done>> nobody = supervisor.getSystem().ignoreRef();
    present.values().stream()
        .filter(each -> each.works() && !each.leaving)
        .forEach(each -> each.actor.tell(new StudyCommand.Rest(reason, nobody)));
  }

  /** Nothing can be written any longer: whoever waits is told. */
  void stopWriting(String why) {
    Collection<Present> all = List.copyOf(present.values());
    present.clear();
    for (Present each : all) {
      giveUp(each, "the journal cannot be written: " + why);
      each.patient.forEach(
          request ->
              request.replyTo().tell(StatusReply.error("the journal cannot be written: " + why)));
      supervisor.stop(each.actor);
    }
  }

  /** Whether no study has an actor. */
  boolean isDeserted() {
    return present.isEmpty();
  }
}
