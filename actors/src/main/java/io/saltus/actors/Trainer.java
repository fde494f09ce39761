package io.saltus.actors;

import io.saltus.actors.TrainerCommand.Annotate;
import io.saltus.actors.TrainerCommand.Begin;
import io.saltus.actors.TrainerCommand.Cancel;
import io.saltus.actors.TrainerCommand.CheckpointUnwritten;
import io.saltus.actors.TrainerCommand.CheckpointWritten;
import io.saltus.actors.TrainerCommand.CloseAttempt;
import io.saltus.actors.TrainerCommand.Delete;
import io.saltus.actors.TrainerCommand.Extend;
import io.saltus.actors.TrainerCommand.GiveWay;
import io.saltus.actors.TrainerCommand.Leave;
import io.saltus.actors.TrainerCommand.PatienceEnded;
import io.saltus.actors.TrainerCommand.Pause;
import io.saltus.actors.TrainerCommand.Request;
import io.saltus.actors.TrainerCommand.Resume;
import io.saltus.actors.TrainerCommand.SaveSoon;
import io.saltus.actors.TrainerCommand.SessionReported;
import io.saltus.actors.TrainerCommand.SessionStopped;
import io.saltus.actors.TrainerCommand.Submit;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.persistence.projection.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.typed.JournalPersistFailed;
import org.apache.pekko.persistence.typed.JournalPersistRejected;
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
    extends EventSourcedBehaviorWithEnforcedReplies<TrainerCommand, RunEvent, RunState> {

  private final ActorContext<TrainerCommand> context;
  private final RunId run;
  private final Publisher publisher;
  private final ActorRef<SupervisorCommand> supervisor;
  private final TrainerTools tools;
  private final AttemptDecisions decisions;
  private final List<Waiting> waiting = new ArrayList<>();
  private TrainerPhase phase = TrainerPhase.UNKNOWN;
  private @Nullable Attempt attempt;
  private boolean sessionGone;
  private int lostOpenings;
  private boolean leaving;

  /** Not from the state, which is already ahead of the disk when a write fails. */
  private long durableStep = -1;

  private Trainer(
      ActorContext<TrainerCommand> context,
      RunId run,
      RunListener listener,
      ActorRef<SupervisorCommand> supervisor,
      TrainerTools tools) {
    super(Histories.stream(run));
    this.context = context;
    this.run = run;
    this.publisher = new Publisher(run, listener);
    this.supervisor = supervisor;
    this.tools = tools;
    this.decisions = new AttemptDecisions(tools);
  }

  /**
   * @param listener hears of what this trainer journals, {@code supervisor} how the run rests
   */
  static Behavior<TrainerCommand> create(
      RunId run, RunListener listener, ActorRef<SupervisorCommand> supervisor, TrainerTools tools) {
    return Behaviors.setup(
        context -> {
          context.setLoggerName(TrainerTools.FAULTS);
          return new Trainer(context, run, listener, supervisor, tools);
        });
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
  public CommandHandlerWithReply<TrainerCommand, RunEvent, RunState> commandHandler() {
    return newCommandHandlerWithReplyBuilder()
        .forAnyState()
        .onCommand(Submit.class, this::onRequest)
        .onCommand(Resume.class, this::onRequest)
        .onCommand(Extend.class, this::onRequest)
        .onCommand(Annotate.class, this::onRequest)
        .onCommand(Pause.class, this::onPause)
        .onCommand(Cancel.class, this::onCancel)
        .onCommand(Delete.class, this::onRequest)
        .onCommand(Begin.class, this::onBegin)
        .onCommand(GiveWay.class, this::onGiveWay)
        .onCommand(CloseAttempt.class, this::onCloseAttempt)
        .onCommand(Leave.class, this::onLeave)
        .onCommand(SaveSoon.class, this::onSaveSoon)
        .onCommand(SessionReported.class, this::onSessionReported)
        .onCommand(CheckpointWritten.class, this::onCheckpointWritten)
        .onCommand(CheckpointUnwritten.class, this::onCheckpointUnwritten)
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
                supervisor.tell(
                    new SupervisorCommand.TrainerUnreadable(run, said(signal.getFailure()))))
        .onSignal(JournalPersistFailed.class, (state, signal) -> lost(signal.getFailure()))
        .onSignal(JournalPersistRejected.class, (state, signal) -> lost(signal.getFailure()))
        .onSignal(Terminated.class, (state, signal) -> onTerminated(signal))
        .build();
  }

  private void recovered(RunState state) {
    phase = TrainerPhase.of(state);
    durableStep = state.step();
  }

  /** Answered when it is durable; a run at work is paused and cancelled otherwise. */
  private ReplyEffect<RunEvent, RunState> onRequest(RunState state, Request request) {
    TrainerRequests.Decision decision = TrainerRequests.decide(request, run, state, phase);
    return decision.refusal().isPresent()
        ? refuse(request, decision.refusal().get())
        : answer(decision, request);
  }

  private ReplyEffect<RunEvent, RunState> onBegin(RunState state, Begin begin) {
    return on(
        TrainerTrigger.BEGIN,
        List.of(),
        () -> {
          sessionGone = false;
          attempt = Attempt.open(begin.assignment(), context, tools, lostOpenings);
        });
  }

  private ReplyEffect<RunEvent, RunState> onPause(RunState state, Pause pause) {
    return leave(
        state, TrainerTrigger.PAUSE, new Attempt.Leave(AttemptEnd.PAUSED, pause.reason()), pause);
  }

  private ReplyEffect<RunEvent, RunState> onCancel(RunState state, Cancel cancel) {
    return phase.atRest()
        ? onRequest(state, cancel)
        : leave(
            state,
            TrainerTrigger.CANCEL,
            new Attempt.Leave(AttemptEnd.CANCELLED, cancel.reason()),
            cancel);
  }

  /** Whoever asks is answered when the run has come to rest: whether it did so as was asked. */
  private ReplyEffect<RunEvent, RunState> leave(
      RunState state, TrainerTrigger trigger, Attempt.Leave how, Request request) {
    if (phase.atRest()) {
      return refuse(request, "run " + run + " is " + phase.text());
    }
    waiting.add(new Waiting(how.outcome(), request.replyTo()));
    Attempt current = Objects.requireNonNull(attempt);
    current.leave(how);
    List<RunEvent> events = AttemptDecisions.leaving(state, phase, how);
    return on(trigger, events, () -> later(new PatienceEnded(current.fence())));
  }

  private void later(PatienceEnded ended) {
    context.scheduleOnce(tools.settings().pausePatience(), context.getSelf(), ended);
  }

  private ReplyEffect<RunEvent, RunState> onPatienceEnded(RunState state, PatienceEnded ended) {
    Attempt current = attempt;
    if (current == null || current.fence() != ended.fence() || phase != TrainerPhase.DRAINING) {
      return Effect().noReply();
    }
    // Its thread cannot be ended from outside; its actor can, and what it says later is refused.
    return on(
        AttemptDecisions.patienceEnded(state, current, () -> context.stop(current.session())));
  }

  private ReplyEffect<RunEvent, RunState> onGiveWay(RunState state, GiveWay give) {
    Attempt current = attempt;
    return current == null || current.fence() != give.fence()
        ? Effect().noReply()
        : on(AttemptDecisions.giveWay(give.reason(), state, phase, current));
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

  private ReplyEffect<RunEvent, RunState> onSaveSoon(RunState state, SaveSoon soon) {
    Optional.ofNullable(attempt).ifPresent(Attempt::saveSoon);
    return Effect().noReply();
  }

  private ReplyEffect<RunEvent, RunState> onSessionReported(
      RunState state, SessionReported reported) {
    Attempt current = attempt;
    if (current == null || current.fence() != reported.report().fence() || phase.atRest()) {
      return Effect().noReply();
    }
    return decisions
        .on(reported.report(), state, phase, current)
        .map(this::on)
        .orElseGet(() -> Effect().noReply());
  }

  private ReplyEffect<RunEvent, RunState> onCheckpointWritten(
      RunState state, CheckpointWritten written) {
    Attempt current = ofAttempt(written.fence());
    if (current == null || phase.atRest()) {
      // It came too late for the journal to refer to it: nobody ever will.
      tools.checkpoints().store().release(written.stored());
      tools.checkpoints().release(written.stored().sha256());
      return stopWhenDone();
    }
    return on(decisions.on(written, state, phase, current));
  }

  private ReplyEffect<RunEvent, RunState> onCheckpointUnwritten(
      RunState state, CheckpointUnwritten unwritten) {
    Attempt current = ofAttempt(unwritten.fence());
    return current == null || phase.atRest()
        ? stopWhenDone()
        : on(decisions.on(unwritten, state, phase, current));
  }

  /** The attempt whose file was written or not; null when it is not that of this trainer. */
  private @Nullable Attempt ofAttempt(long fence) {
    Attempt current = attempt;
    if (current == null || current.fence() != fence) {
      return null;
    }
    current.settledFile();
    return current;
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
    sessionGone = true;
    if (phase == TrainerPhase.QUEUED) {
      current.restart().ifPresent(this::waitForAnother);
    }
    if (!phase.atRest()) {
      return decisions
          .on(SessionActor.Failed.stopped(stopped.fence()), state, phase, current)
          .map(this::on)
          .orElseGet(() -> Effect().noReply());
    }
    return stopWhenDone();
  }

  /** Told only now: the devices are free when the session is gone. */
  private void waitForAnother(Attempt.Restart restart) {
    attempt = null;
    lostOpenings = restart.lostOpenings();
    supervisor.tell(new SupervisorCommand.TrainerWaits(run, restart.cause(), restart.after()));
  }

  /** Its session is closed, and it has heard of every file that it had written. */
  private ReplyEffect<RunEvent, RunState> stopWhenDone() {
    Attempt current = attempt;
    boolean done = current == null || (sessionGone && !current.isWriting());
    return leaving && done ? Effect().stop().thenNoReply() : Effect().noReply();
  }

  private ReplyEffect<RunEvent, RunState> onLeave(RunState state, Leave leave) {
    leaving = true;
    return stopWhenDone();
  }

  private void settle(Settlement settlement) {
    Optional.ofNullable(attempt).ifPresent(Attempt::close);
    waiting.forEach(asking -> asking.answer(settlement));
    waiting.clear();
    supervisor.tell(new SupervisorCommand.TrainerSettled(settlement));
  }

  private ReplyEffect<RunEvent, RunState> refuse(Request request, String why) {
    return Effect().reply(request.replyTo(), StatusReply.error(why));
  }

  private ReplyEffect<RunEvent, RunState> answer(
      TrainerRequests.Decision decision, Request request) {
    return TrainerTransitions.find(phase, decision.trigger())
        .<ReplyEffect<RunEvent, RunState>>map(
            row ->
                journal(row, decision.events(), () -> {})
                    .thenReply(request.replyTo(), after -> StatusReply.ack()))
        .orElseGet(() -> refuse(request, decision.otherwise()));
  }

  private ReplyEffect<RunEvent, RunState> on(AttemptDecisions.Decision decision) {
    return on(decision.trigger(), decision.events(), decision.then());
  }

  /** What has no row in this phase is late or a double, and nobody waits for an answer. */
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
          if (row.to() == TrainerPhase.QUEUED) {
            Optional.ofNullable(attempt).ifPresent(Attempt::close);
          }
        });
  }

  private void lost(Throwable failure) {
    waiting.forEach(asking -> asking.refuse(said(failure)));
    waiting.clear();
    supervisor.tell(new SupervisorCommand.TrainerJournalFailed(run, durableStep, said(failure)));
  }

  private static String said(Throwable failure) {
    return Objects.requireNonNullElse(failure.getMessage(), failure.toString());
  }
}
