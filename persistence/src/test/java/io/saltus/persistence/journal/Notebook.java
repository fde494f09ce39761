package io.saltus.persistence.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;

/** A persistent actor that keeps texts; its state is all of them, joined. */
final class Notebook extends EventSourcedBehavior<Notebook.Command, String, String> {

  sealed interface Command {}

  /** Keeps texts, all or none, and answers with the state. */
  record Keep(List<String> texts, ActorRef<String> replyTo) implements Command {}

  /** Answers with the state. */
  record Tell(ActorRef<String> replyTo) implements Command {}

  private static final int SNAPSHOT_EVERY = 50;

  private Notebook(String id) {
    super(PersistenceId.ofUniqueId(id));
  }

  static Behavior<Command> create(String id) {
    return new Notebook(id);
  }

  @Override
  public String emptyState() {
    return "";
  }

  @Override
  public CommandHandler<Command, String, String> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(
            Keep.class,
            keep ->
                Effect()
                    .persist(new ArrayList<>(keep.texts()))
                    .thenRun((String state) -> keep.replyTo().tell(state)))
        .onCommand(
            Tell.class, tell -> Effect().none().thenRun((String s) -> tell.replyTo().tell(s)))
        .build();
  }

  @Override
  public EventHandler<String, String> eventHandler() {
    return (state, event) -> state + event;
  }

  @Override
  public boolean shouldSnapshot(String state, String event, long sequenceNr) {
    return sequenceNr % SNAPSHOT_EVERY == 0;
  }

  @Override
  public Set<String> tagsFor(String event) {
    return event.startsWith("#") ? Set.of("tagged") : Set.of();
  }
}
