package io.saltus.actors.study;

import io.saltus.actors.study.StudyCommand.Asked;
import io.saltus.actors.study.StudyCommand.Begun;
import io.saltus.actors.study.StudyCommand.Cancel;
import io.saltus.actors.study.StudyCommand.Cancelled;
import io.saltus.actors.study.StudyCommand.Compared;
import io.saltus.actors.study.StudyCommand.Conduct;
import io.saltus.actors.study.StudyCommand.Extend;
import io.saltus.actors.study.StudyCommand.Finished;
import io.saltus.actors.study.StudyCommand.Leave;
import io.saltus.actors.study.StudyCommand.Looked;
import io.saltus.actors.study.StudyCommand.Note;
import io.saltus.actors.study.StudyCommand.Ready;
import io.saltus.actors.study.StudyCommand.Request;
import io.saltus.actors.study.StudyCommand.Rest;
import io.saltus.actors.study.StudyCommand.Rested;
import io.saltus.actors.study.StudyCommand.Tick;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.StudyEvent;
import io.saltus.experiment.event.StudyEvent.StudyExtended;
import io.saltus.experiment.event.StudyEvent.StudyObstacle;
import io.saltus.experiment.event.StudyEvent.StudyOutcome;
import io.saltus.experiment.event.StudyEvent.StudyRested;
import io.saltus.persistence.projection.StudyState;
import io.saltus.persistence.studies.StudyReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.jspecify.annotations.Nullable;

/**
 * A study: gives each place of its plan a run, has a few of them done at a time, and rests when all
 * have come to their end. Every run is assigned in the journal before it is begun, so whoever goes
 * on after a crash begins none twice. How runs came out is read from their own streams.
 */
public final class StudyActor
    extends EventSourcedBehaviorWithEnforcedReplies<StudyCommand, StudyEvent, StudyState> {

  /** How often the budget is looked at, and what does not come to rest is asked again. */
  private static final Duration TICK = Duration.ofSeconds(5);

  private final ActorContext<StudyCommand> context;
  private final TimerScheduler<StudyCommand> timers;
  private final ActorRef<Ready> parent;
  private final StudyId study;
  private final List<ActorRef<StatusReply<Done>>> waiting = new ArrayList<>();
  private final List<ActorRef<StatusReply<Done>>> waitingForCancel = new ArrayList<>();
  private @Nullable StudyWork work;
  private @Nullable Cancel cancelling;
  private @Nullable StudyOrder settling;
  private long heard;

  private StudyActor(
      ActorContext<StudyCommand> context,
      TimerScheduler<StudyCommand> timers,
      StudyId study,
      ActorRef<Ready> parent) {
    super(PersistenceId.ofUniqueId(StudyReader.stream(study)));
    this.context = context;
    this.timers = timers;
    this.study = study;
    this.parent = parent;
  }

  /**
   * The actor of one study; what it is to do comes by message.
   *
   * @param parent told when the actor has nothing left to do
   * @param faults the name of the logger that hears of failures
   */
  public static Behavior<StudyCommand> create(
      StudyId study, ActorRef<Ready> parent, String faults) {
    return Behaviors.setup(
        context -> {
          context.setLoggerName(faults);
          return Behaviors.withTimers(timers -> new StudyActor(context, timers, study, parent));
        });
  }

  @Override
  public StudyState emptyState() {
    return StudyState.empty();
  }

  @Override
  public EventHandler<StudyState, StudyEvent> eventHandler() {
    return StudyState::apply;
  }

  @Override
  public CommandHandlerWithReply<StudyCommand, StudyEvent, StudyState> commandHandler() {
    return newCommandHandlerWithReplyBuilder()
        .forAnyState()
        .onCommand(Conduct.class, this::onConduct)
        .onCommand(Rest.class, this::onRest)
        .onCommand(Cancel.class, this::onCancel)
        .onCommand(Extend.class, this::onExtend)
        .onCommand(Note.class, this::onNote)
        .onCommand(Looked.class, this::onLooked)
        .onCommand(
            Compared.class,
            (state, compared) -> atWork(state, (at, now) -> at.compared(now, compared)))
        .onCommand(Begun.class, (state, begun) -> atWork(state, (at, now) -> at.begun(begun)))
        .onCommand(
            Rested.class, (state, rested) -> atWork(state, (at, now) -> at.rested(now, rested)))
        .onCommand(
            Finished.class, (state, done) -> atWork(state, (at, now) -> at.finished(now, done)))
        .onCommand(Asked.class, (state, asked) -> atWork(state, (at, now) -> at.asked(asked)))
        .onCommand(Tick.class, (state, tick) -> atWork(state, StudyWork::tick))
        .onCommand(Cancelled.class, this::onCancelled)
        .onCommand(Leave.class, leave -> Effect().stop().thenNoReply())
        .build();
  }

  private ReplyEffect<StudyEvent, StudyState> onConduct(StudyState state, Conduct conduct) {
    heard++;
    StudyOrder order = conduct.order();
    List<StudyEvent> events = new ArrayList<>(order.first());
    if (conduct.again()) {
      state.submission().ifPresent(events::remove);
      events.removeIf(
          each -> each instanceof StudyExtended extended && isExtended(state, extended.steps()));
    }
    Optional<String> refusal = refusal(state, events);
    if (refusal.isPresent()) {
      if (!(conduct.again() && settleCancelled(state, order))) {
        order.settled().cancel(false);
      }
      return refuse(conduct, refusal.get());
    }
    work = new StudyWork(context, order);
    events.add(new StudyEvent.StudyStarted());
    return Effect()
        .persist(events)
        .thenRun(
            after -> {
              conduct.replyTo().tell(StatusReply.ack());
              context.pipeToSelf(look(order.desk(), after), Looked::new);
              timers.startTimerWithFixedDelay(new Tick(), TICK);
            })
        .thenNoReply();
  }

  /** Whether an order that was accepted before its actor died had been cancelled: that is told. */
  private boolean settleCancelled(StudyState state, StudyOrder order) {
    return state.exists()
        && cancelledForGood(state)
            .map(rest -> order.settled().complete(StudyEnd.of(study, rest)))
            .isPresent();
  }

  private static Optional<StudyRested> cancelledForGood(StudyState state) {
    return state.rest().filter(rest -> rest.outcome() == StudyOutcome.CANCELLED);
  }

  /** How its runs stand, and where there is a budget what all that it ever began have cost. */
  private static CompletionStage<Standing> look(RunDesk desk, StudyState state) {
    CompletionStage<Standing> standing = desk.look(StudyRuns.of(state), false);
    return state.deviceHours().isPresent()
        ? standing.thenCombine(desk.look(StudyRuns.own(state), true), Standing::costing)
        : standing;
  }

  private Optional<String> refusal(StudyState state, List<StudyEvent> first) {
    boolean isNew = first.stream().anyMatch(StudyEvent.StudySubmitted.class::isInstance);
    if (isBusy()) {
      return Optional.of(busy());
    } else if (isNew) {
      return state.lastSequence() == 0
          ? Optional.empty()
          : Optional.of("study " + study + " exists");
    } else if (!state.exists()) {
      return Optional.of("there is no study " + study);
    }
    return cancelledForGood(state).map(rest -> "study " + study + " was cancelled for good");
  }

  private boolean isBusy() {
    return work != null || cancelling != null;
  }

  private String busy() {
    return "study " + study + " is at work";
  }

  private ReplyEffect<StudyEvent, StudyState> refuse(Request request, String why) {
    readyUnlessBusy();
    return Effect().reply(request.replyTo(), StatusReply.error(why));
  }

  private void readyUnlessBusy() {
    if (!isBusy()) {
      parent.tell(new Ready(study, heard));
    }
  }

  private ReplyEffect<StudyEvent, StudyState> onNote(StudyState state, Note note) {
    heard++;
    if (isBusy() || !state.exists()) {
      return refuse(note, isBusy() ? busy() : "there is no study " + study);
    }
    return Effect()
        .persist(note.event())
        .thenRun(this::readyUnlessBusy)
        .thenReply(note.replyTo(), after -> StatusReply.ack());
  }

  private ReplyEffect<StudyEvent, StudyState> onExtend(StudyState state, Extend extend) {
    heard++;
    Optional<String> refusal = notExtended(state, extend.steps());
    if (refusal.isPresent()) {
      return refuse(extend, refusal.get());
    } else if (isExtended(state, extend.steps())) {
      // An actor that died has journalled it.
      readyUnlessBusy();
      return Effect().reply(extend.replyTo(), StatusReply.ack());
    }
    return Effect()
        .persist(new StudyExtended(extend.steps()))
        .thenRun(
            after -> {
              StudyWork at = work;
              if (at != null && at.extended()) {
                context.pipeToSelf(look(at.order().desk(), after), Looked::new);
              }
              readyUnlessBusy();
            })
        .thenReply(extend.replyTo(), after -> StatusReply.ack());
  }

  private Optional<String> notExtended(StudyState state, long steps) {
    if (!state.exists()) {
      return Optional.of("there is no study " + study);
    } else if (cancelling != null) {
      return Optional.of("study " + study + " is being cancelled");
    } else if (cancelledForGood(state).isPresent()) {
      return Optional.of("study " + study + " was cancelled for good");
    }
    return state.extension().orElse(0) > steps
        ? Optional.of("study " + study + " goes on to step " + state.extension().getAsLong())
        : Optional.empty();
  }

  private static boolean isExtended(StudyState state, long steps) {
    return state.extension().orElse(0) >= steps;
  }

  private ReplyEffect<StudyEvent, StudyState> onRest(StudyState state, Rest rest) {
    heard++;
    if (work == null) {
      return refuse(rest, "nobody is at work on study " + study);
    }
    waiting.add(rest.replyTo());
    work.end(StudyOutcome.PAUSED, rest.reason());
    return settle(state);
  }

  private ReplyEffect<StudyEvent, StudyState> onCancel(StudyState state, Cancel cancel) {
    heard++;
    if (!isBusy() && !state.exists()) {
      return refuse(cancel, "there is no study " + study);
    }
    waitingForCancel.add(cancel.replyTo());
    if (cancelling != null) {
      return Effect().noReply();
    }
    cancelling = cancel;
    if (work != null) {
      work.end(StudyOutcome.CANCELLED, cancel.reason());
      return settle(state);
    }
    cancelOthers(state, cancel);
    return Effect().noReply();
  }

  private ReplyEffect<StudyEvent, StudyState> onLooked(StudyState state, Looked looked) {
    StudyWork at = work;
    Standing standing = looked.standing();
    if (at == null || standing == null) {
      Throwable failure = looked.failure();
      if (at != null) {
        at.blind(failure == null ? "nothing is known of its runs" : Words.of(failure));
      }
      return settle(state);
    }
    return atWork(state, (busy, now) -> busy.looked(now, standing));
  }

  /** Does what the work says; what was all there was to do is found out when that is durable. */
  private ReplyEffect<StudyEvent, StudyState> atWork(
      StudyState state, BiFunction<StudyWork, StudyState, StudyMove> step) {
    StudyWork at = work;
    if (at == null) {
      return Effect().noReply();
    }
    StudyMove move = step.apply(at, state);
    if (move.isNothing()) {
      return settle(state);
    }
    return Effect()
        .persist(move.events())
        .thenRun(
            () -> {
              move.then().forEach(Runnable::run);
              context.getSelf().tell(new Tick());
            })
        .thenNoReply();
  }

  /** Comes to rest where nothing is in hand and nothing is left to begin. */
  private ReplyEffect<StudyEvent, StudyState> settle(StudyState state) {
    StudyWork at = work;
    Optional<StudyEnd> end = at == null ? Optional.empty() : at.rest();
    if (at == null || end.isEmpty()) {
      return Effect().noReply();
    }
    work = null;
    settling = at.order();
    if (cancelling != null) {
      cancelOthers(state, cancelling);
      return Effect().noReply();
    }
    return rest(end.get());
  }

  /** Ends those runs for good that rest, or wait in the journal alone. */
  private void cancelOthers(StudyState state, Cancel cancel) {
    RunDesk desk = cancel.desk();
    CompletionStage<Void> cancelled =
        desk.look(StudyRuns.of(state), false)
            .thenCompose(
                standing ->
                    CompletableFuture.allOf(
                        StudyRuns.unfinished(state, standing).stream()
                            .map(run -> desk.cancel(run, cancel.reason()))
                            .map(asked -> asked.exceptionally(refused -> null))
                            .map(CompletionStage::toCompletableFuture)
                            .toArray(CompletableFuture[]::new)));
    context.pipeToSelf(cancelled, (done, failure) -> new Cancelled(failure));
  }

  private ReplyEffect<StudyEvent, StudyState> onCancelled(StudyState state, Cancelled done) {
    Cancel asked = Objects.requireNonNull(cancelling);
    cancelling = null;
    Throwable failure = done.failure();
    if (failure == null) {
      waiting.addAll(waitingForCancel);
      waitingForCancel.clear();
      return rest(new StudyEnd(study, StudyOutcome.CANCELLED, asked.reason()));
    }
    // Nobody could cancel later what is left of its runs, if it were cancelled now.
    String why = "its runs cannot be cancelled: " + Words.of(failure);
    waitingForCancel.forEach(each -> each.tell(StatusReply.error(why)));
    waitingForCancel.clear();
    if (settling == null) {
      readyUnlessBusy();
      return Effect().noReply();
    }
    return rest(
        new StudyEnd(study, StudyOutcome.PAUSED, why, Optional.of(StudyObstacle.UNREADABLE)));
  }

  private ReplyEffect<StudyEvent, StudyState> rest(StudyEnd end) {
    timers.cancelAll();
    StudyOrder order = settling;
    settling = null;
    return Effect()
        .persist(new StudyRested(end.outcome(), end.reason(), end.obstacle()))
        .thenRun(
            () -> {
              if (order != null) {
                order.settled().complete(end);
              }
              waiting.forEach(each -> each.tell(StatusReply.ack()));
              waiting.clear();
              readyUnlessBusy();
            })
        .thenNoReply();
  }
}
