package io.saltus.actors;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.RunAnnotated;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.session.UntilProgress;
import io.saltus.persistence.projection.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.typed.JournalPersistFailed;
import org.apache.pekko.persistence.typed.JournalPersistRejected;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.RecoveryFailed;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/**
 * One run. Journals what happens to it and never computes: its session does, a chunk at a time,
 * while the trainer journals the chunk before. At most two chunks are on their way: one that is
 * computed and one that is made durable. Nobody hears of an event before it is on disk.
 *
 * <p>Phases and what moves it between them stand in {@link TrainerTransitions}.
 */
final class Trainer
    extends EventSourcedBehaviorWithEnforcedReplies<Trainer.Command, RunEvent, RunState> {

  /** What a trainer is told. */
  sealed interface Command {}

  /** Journal a new run. Refused when the run has any event. */
  record Submit(
      RunEvent.RunSubmitted submitted,
      Optional<RunAnnotated> annotation,
      ActorRef<StatusReply<Done>> replyTo)
      implements Command {}

  /** Journal people's words. Refused when the run has no event. */
  record Annotate(RunAnnotated annotation, ActorRef<StatusReply<Done>> replyTo)
      implements Command {}

  /** Begin an attempt. */
  record Begin(Assignment assignment) implements Command {}

  /** Finish and journal the chunk under way, then rest. */
  record Pause(String reason) implements Command {}

  /** End the attempt that a trainer before this one left open. */
  record CloseAttempt(AttemptEnd cause, String message) implements Command {}

  /** Stop once the session is closed. */
  record Leave() implements Command {}

  /** The session said something. */
  record SessionReported(SessionActor.Report report) implements Command {}

  /** The session's actor is gone. */
  record SessionStopped(long fence) implements Command {}

  /** A pause has waited long enough. */
  record PatienceEnded(long fence) implements Command {}

  private final ActorContext<Command> context;
  private final RunId run;
  private final Publisher publisher;
  private final ActorRef<Supervisor.Command> supervisor;
  private final TrainerTools tools;
  private TrainerPhase phase = TrainerPhase.UNKNOWN;
  private @Nullable Attempt attempt;
  private boolean leaving;

  /** Not from the state, which is already ahead of the disk when a write fails. */
  private long durableStep = -1;

  private Trainer(
      ActorContext<Command> context,
      RunId run,
      RunListener listener,
      ActorRef<Supervisor.Command> supervisor,
      TrainerTools tools) {
    super(persistenceId(run));
    this.context = context;
    this.run = run;
    this.publisher = new Publisher(run, listener);
    this.supervisor = supervisor;
    this.tools = tools;
  }

  /**
   * @param listener hears of what this trainer journals, not of what lay in the journal before
   * @param supervisor hears how the run comes to rest
   */
  static Behavior<Command> create(
      RunId run,
      RunListener listener,
      ActorRef<Supervisor.Command> supervisor,
      TrainerTools tools) {
    return Behaviors.setup(
        context -> {
          context.setLoggerName(TrainerTools.FAULTS);
          return new Trainer(context, run, listener, supervisor, tools);
        });
  }

  /** The stream of a run. */
  static PersistenceId persistenceId(RunId run) {
    return PersistenceId.ofUniqueId("run|" + run);
  }

  @Override
  public RunState emptyState() {
    return RunState.empty();
  }

  @Override
  public EventHandler<RunState, RunEvent> eventHandler() {
    return (state, event) -> state.apply(event);
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    // Without deletion: a snapshot shortens recovery and is never the only copy of anything.
    return RetentionCriteria.snapshotEvery(tools.settings().snapshotEvery(), 2);
  }

  @Override
  public boolean shouldSnapshot(RunState state, RunEvent event, long sequence) {
    return event instanceof RunEvent.RunPaused
        || event instanceof RunEvent.RunCompleted
        || event instanceof RunEvent.RunFailed
        || event instanceof RunEvent.RunCancelled;
  }

  @Override
  public CommandHandlerWithReply<Command, RunEvent, RunState> commandHandler() {
    return newCommandHandlerWithReplyBuilder()
        .forAnyState()
        .onCommand(Submit.class, this::onSubmit)
        .onCommand(Annotate.class, this::onAnnotate)
        .onCommand(Begin.class, this::onBegin)
        .onCommand(Pause.class, this::onPause)
        .onCommand(CloseAttempt.class, this::onCloseAttempt)
        .onCommand(Leave.class, this::onLeave)
        .onCommand(SessionReported.class, this::onSessionReported)
        .onCommand(SessionStopped.class, this::onSessionStopped)
        .onCommand(PatienceEnded.class, this::onPatienceEnded)
        .build();
  }

  @Override
  public SignalHandler<RunState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.class, (state, signal) -> recovered(state))
        .onSignal(
            RecoveryFailed.class,
            (state, signal) ->
                supervisor.tell(new Supervisor.TrainerUnreadable(run, said(signal.getFailure()))))
        .onSignal(JournalPersistFailed.class, (state, signal) -> lost(signal.getFailure()))
        .onSignal(JournalPersistRejected.class, (state, signal) -> lost(signal.getFailure()))
        .onSignal(Terminated.class, (state, signal) -> onTerminated(signal))
        .build();
  }

  private void recovered(RunState state) {
    phase = TrainerPhase.of(state);
    durableStep = state.step();
  }

  private ReplyEffect<RunEvent, RunState> onSubmit(RunState state, Submit submit) {
    return TrainerTransitions.find(phase, TrainerTrigger.SUBMIT)
        .map(
            row -> {
              List<RunEvent> events = new ArrayList<>();
              events.add(submit.submitted());
              submit.annotation().ifPresent(events::add);
              return journal(row, events, () -> {})
                  .thenReply(submit.replyTo(), after -> StatusReply.ack());
            })
        .orElseGet(
            () -> Effect().reply(submit.replyTo(), StatusReply.error("run " + run + " exists")));
  }

  private ReplyEffect<RunEvent, RunState> onAnnotate(RunState state, Annotate annotate) {
    return TrainerTransitions.find(phase, TrainerTrigger.ANNOTATE)
        .map(
            row ->
                journal(row, List.of(annotate.annotation()), () -> {})
                    .thenReply(annotate.replyTo(), after -> StatusReply.ack()))
        .orElseGet(
            () -> Effect().reply(annotate.replyTo(), StatusReply.error("there is no run " + run)));
  }

  private ReplyEffect<RunEvent, RunState> onBegin(RunState state, Begin begin) {
    return on(
        TrainerTrigger.BEGIN,
        List.of(),
        () -> attempt = Attempt.open(begin.assignment(), context, tools));
  }

  private ReplyEffect<RunEvent, RunState> onPause(RunState state, Pause pause) {
    if (phase == TrainerPhase.OPENING) {
      // No attempt has begun: there is no step to finish, and the session closes when it is open.
      return on(
          TrainerTrigger.PAUSE, List.of(new RunEvent.RunPaused(state.step(), pause.reason())));
    }
    return on(
        TrainerTrigger.PAUSE,
        List.of(),
        () -> {
          Attempt current = Objects.requireNonNull(attempt);
          current.pause(pause.reason());
          context.scheduleOnce(
              tools.settings().pausePatience(),
              context.getSelf(),
              new PatienceEnded(current.fence()));
        });
  }

  private ReplyEffect<RunEvent, RunState> onPatienceEnded(RunState state, PatienceEnded ended) {
    Attempt current = attempt;
    if (current == null || current.fence() != ended.fence()) {
      return Effect().noReply();
    }
    return on(
        TrainerTrigger.PATIENCE_ENDED,
        TrainerEvents.givesUp(state, current.pauseReason()),
        // Its thread cannot be ended from outside; its actor can, and what it says later is
        // refused.
        () -> context.stop(current.session()));
  }

  private ReplyEffect<RunEvent, RunState> onCloseAttempt(RunState state, CloseAttempt close) {
    List<RunEvent> events =
        TrainerEvents.fails(
            state, phase == TrainerPhase.INTERRUPTED, close.cause(), close.message());
    return TrainerTransitions.find(phase, TrainerTrigger.CLOSE_ATTEMPT)
        .map(row -> journal(row, events, () -> {}))
        // The attempt had come to its end in the journal before its trainer died: that is told.
        .orElseGet(
            () -> Effect().none().thenRun(() -> settle(TrainerEvents.settlement(run, state))))
        .thenNoReply();
  }

  private ReplyEffect<RunEvent, RunState> onSessionReported(
      RunState state, SessionReported reported) {
    SessionActor.Report report = reported.report();
    Attempt current = attempt;
    if (current == null || current.fence() != report.fence()) {
      return Effect().noReply();
    }
    if (report instanceof SessionActor.Opened opened) {
      return onOpened(state, current, opened);
    } else if (report instanceof SessionActor.Computed computed) {
      return onComputed(state, current, computed);
    }
    return onFailed(state, (SessionActor.Failed) report);
  }

  private ReplyEffect<RunEvent, RunState> onOpened(
      RunState state, Attempt current, SessionActor.Opened opened) {
    return on(
        TrainerTrigger.SESSION_OPENED,
        TrainerEvents.begins(state, current.assignment(), opened),
        () -> current.ask(state.step() + 1, state.steps(), state.recorded().until()));
  }

  private ReplyEffect<RunEvent, RunState> onComputed(
      RunState state, Attempt current, SessionActor.Computed computed) {
    if (!current.expects(computed.number())) {
      return Effect().noReply();
    }
    MetricFrame frame = computed.frame();
    if (frame.from() != state.step() + 1) {
      String message =
          "the session gave steps from " + frame.from() + " after step " + state.step();
      return onFailed(
          state, new SessionActor.Failed(computed.fence(), AttemptEnd.EXCEPTION, message));
    }
    current.arrived(frame, computed.nanos());
    FrameVerdict verdict = FrameVerdict.of(frame, state);
    if (verdict instanceof FrameVerdict.Completes completes) {
      return on(TrainerTrigger.LAST_FRAME, TrainerEvents.completes(state, frame, completes.rule()));
    } else if (verdict instanceof FrameVerdict.NotFinite notFinite) {
      return on(
          TrainerTrigger.NON_FINITE_FRAME,
          TrainerEvents.notFinite(state, frame, notFinite.metric()));
    }
    return onFrame(state, current, frame, ((FrameVerdict.Continues) verdict).progress());
  }

  private ReplyEffect<RunEvent, RunState> onFrame(
      RunState state, Attempt current, MetricFrame frame, UntilProgress progress) {
    if (phase == TrainerPhase.DRAINING) {
      return on(TrainerTrigger.FRAME, TrainerEvents.pauses(state, frame, current.pauseReason()));
    }
    // Asked for before this frame is journalled, so that the session computes while the disk works.
    current.ask(frame.until() + 1, state.steps(), progress);
    return on(TrainerTrigger.FRAME, TrainerEvents.goesOn(state, frame));
  }

  private ReplyEffect<RunEvent, RunState> onFailed(RunState state, SessionActor.Failed failure) {
    boolean begun = phase != TrainerPhase.OPENING;
    return on(
        begun ? TrainerTrigger.SESSION_FAILED : TrainerTrigger.OPENING_FAILED,
        TrainerEvents.fails(state, begun, failure.cause(), failure.message()));
  }

  private void onTerminated(Terminated signal) {
    Attempt current = attempt;
    if (current != null && current.session().<Void>unsafeUpcast().equals(signal.getRef())) {
      context.getSelf().tell(new SessionStopped(current.fence()));
    }
  }

  private ReplyEffect<RunEvent, RunState> onSessionStopped(RunState state, SessionStopped stopped) {
    Attempt current = attempt;
    if (current == null || current.fence() != stopped.fence()) {
      return Effect().noReply();
    }
    attempt = null;
    if (!phase.atRest()) {
      return onFailed(
          state,
          new SessionActor.Failed(
              stopped.fence(), AttemptEnd.EXCEPTION, "the session's actor stopped unexpectedly"));
    }
    return leaving ? Effect().stop().thenNoReply() : Effect().noReply();
  }

  private ReplyEffect<RunEvent, RunState> onLeave(RunState state, Leave leave) {
    leaving = true;
    return attempt == null ? Effect().stop().thenNoReply() : Effect().noReply();
  }

  private void settle(Settlement settlement) {
    Attempt current = attempt;
    if (current != null) {
      current.session().tell(new SessionActor.Close());
    }
    supervisor.tell(new Supervisor.TrainerSettled(settlement));
  }

  /** What has no row in this phase is late or a double, and nobody waits for an answer. */
  private ReplyEffect<RunEvent, RunState> on(TrainerTrigger trigger, List<RunEvent> events) {
    return on(trigger, events, () -> {});
  }

  private ReplyEffect<RunEvent, RunState> on(
      TrainerTrigger trigger, List<RunEvent> events, Runnable then) {
    return TrainerTransitions.find(phase, trigger)
        .<ReplyEffect<RunEvent, RunState>>map(row -> journal(row, events, then).thenNoReply())
        .orElseGet(() -> Effect().noReply());
  }

  private EffectBuilder<RunEvent, RunState> journal(
      TrainerTransitions.Transition row, List<RunEvent> events, Runnable then) {
    row.check(events);
    EffectBuilder<RunEvent, RunState> effect =
        events.isEmpty() ? Effect().none() : Effect().persist(events);
    return effect.thenRun(
        state -> {
          phase = row.to();
          durableStep = state.step();
          publisher.publish(events, lastSequenceNumber(context));
          then.run();
          TrainerEvents.settlement(run, events).ifPresent(this::settle);
        });
  }

  private void lost(Throwable failure) {
    supervisor.tell(new Supervisor.TrainerJournalFailed(run, durableStep, said(failure)));
  }

  private static String said(Throwable failure) {
    return Objects.requireNonNullElse(failure.getMessage(), failure.toString());
  }
}
