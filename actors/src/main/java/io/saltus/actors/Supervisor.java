package io.saltus.actors;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.experiment.event.SupervisorEvent.LeaseReleased;
import io.saltus.experiment.event.SupervisorEvent.RunEnqueued;
import io.saltus.experiment.event.SupervisorEvent.RunSettled;
import io.saltus.experiment.session.Program;
import io.saltus.persistence.projection.SupervisorState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.typed.JournalPersistFailed;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a home: accepts them, leases each its device, one run at a time on a device, and
 * decides what follows when one of them comes to rest or its trainer fails ({@link FailurePolicy}).
 * There is one trainer per run, and one supervisor per home.
 */
final class Supervisor
    extends EventSourcedBehaviorWithEnforcedReplies<
        Supervisor.Command, SupervisorEvent, SupervisorState> {

  static final PersistenceId ID = PersistenceId.ofUniqueId("supervisor|main");

  /** What a supervisor is told. */
  sealed interface Command {}

  /** Accept a new run. */
  record Submit(Order order, Submission submission) implements Command {}

  /** Let a run that is in the journal go on. */
  record Resume(Order order) implements Command {}

  /**
   * Have the trainer of a run do something: the one at work, or one that comes for this alone.
   *
   * @param request made for whoever is to be answered
   */
  record Hand(
      RunId run,
      Function<ActorRef<StatusReply<Done>>, TrainerCommand.Request> request,
      ActorRef<StatusReply<Done>> replyTo)
      implements Command {}

  /** Bring every run to rest; answered when all have, and all sessions are closed. */
  record PauseAll(String reason, ActorRef<Done> replyTo) implements Command {}

  /** Show what the journal says. */
  record Look(ActorRef<SupervisorState> replyTo) implements Command {}

  /** A trainer has journalled its submission, or refused it. */
  record SubmissionAnswered(RunId run, StatusReply<Done> answer) implements Command {}

  /** A run has come to rest. */
  record TrainerSettled(Settlement settlement) implements Command {}

  /** A trainer could not make an event durable; it stops. */
  record TrainerJournalFailed(RunId run, long step, String message) implements Command {}

  /** A trainer could not read its stream; it stops. */
  record TrainerUnreadable(RunId run, String message) implements Command {}

  /** A trainer is gone. */
  record TrainerStopped(ActorRef<Void> trainer, String cause) implements Command {}

  /** Free the devices that a process before this one held. */
  record ReclaimLeases(SortedSet<Long> fences) implements Command {}

  private final ActorContext<Command> context;
  private final Admission admission;
  private final Roster roster;
  private final int snapshotEvery;
  private final List<ActorRef<Done>> pausing = new ArrayList<>();
  private @Nullable String broken;

  private Supervisor(ActorContext<Command> context, List<Program> programs, TrainerTools tools) {
    super(ID);
    this.context = context;
    this.admission = new Admission(programs);
    this.roster = new Roster(context, tools);
    this.snapshotEvery = tools.settings().snapshotEvery();
  }

  /**
   * @param programs asked in order which of them supports a spec
   */
  static Behavior<Command> create(List<Program> programs, TrainerTools tools) {
    return Behaviors.setup(
        context -> {
          context.setLoggerName(TrainerTools.FAULTS);
          return new Supervisor(context, programs, tools);
        });
  }

  @Override
  public SupervisorState emptyState() {
    return SupervisorState.empty();
  }

  @Override
  public EventHandler<SupervisorState, SupervisorEvent> eventHandler() {
    return SupervisorState::apply;
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(snapshotEvery, 2);
  }

  @Override
  public CommandHandlerWithReply<Command, SupervisorEvent, SupervisorState> commandHandler() {
    return newCommandHandlerWithReplyBuilder()
        .forAnyState()
        .onCommand(Submit.class, this::onSubmit)
        .onCommand(Resume.class, this::onResume)
        .onCommand(Hand.class, this::onHand)
        .onCommand(PauseAll.class, this::onPauseAll)
        .onCommand(Look.class, (state, look) -> Effect().reply(look.replyTo(), state))
        .onCommand(SubmissionAnswered.class, this::onSubmissionAnswered)
        .onCommand(TrainerSettled.class, this::onTrainerSettled)
        .onCommand(TrainerJournalFailed.class, this::onTrainerJournalFailed)
        .onCommand(TrainerUnreadable.class, this::onTrainerUnreadable)
        .onCommand(TrainerStopped.class, this::onTrainerStopped)
        .onCommand(ReclaimLeases.class, this::onReclaimLeases)
        .build();
  }

  @Override
  public SignalHandler<SupervisorState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.class, (state, signal) -> reclaim(state))
        .onSignal(
            JournalPersistFailed.class,
            (state, signal) -> stopWriting(String.valueOf(signal.getFailure().getMessage())))
        .onSignal(ChildFailed.class, (state, signal) -> gone(signal, signal.getCause().toString()))
        .onSignal(Terminated.class, (state, signal) -> gone(signal, "it was stopped"))
        .onSignal(PostStop.class, (state, signal) -> stopWriting("the supervisor has stopped"))
        .build();
  }

  private ReplyEffect<SupervisorEvent, SupervisorState> onSubmit(
      SupervisorState state, Submit submit) {
    RunId run = submit.order().run();
    if (state.unsettled().containsKey(run)) {
      return Effect().reply(submit.order().replyTo(), StatusReply.error("run " + run + " exists"));
    }
    return enlist(
        submit.order(),
        replyTo ->
            new TrainerCommand.Submit(
                admission.record(submit.submission()), submit.submission().first(), replyTo));
  }

  private ReplyEffect<SupervisorEvent, SupervisorState> onResume(
      SupervisorState state, Resume resume) {
    return enlist(resume.order(), TrainerCommand.Resume::new);
  }

  private ReplyEffect<SupervisorEvent, SupervisorState> enlist(
      Order order, Function<ActorRef<StatusReply<Done>>, TrainerCommand> first) {
    Optional<String> refusal = refusal(order.run()).or(() -> admission.refusal(order.spec()));
    if (refusal.isPresent()) {
      return Effect().reply(order.replyTo(), StatusReply.error(refusal.get()));
    }
    roster.enlist(order, admission, first);
    return Effect().noReply();
  }

  private Optional<String> refusal(RunId run) {
    if (broken != null) {
      return Optional.of("the journal cannot be written: " + broken);
    } else if (!pausing.isEmpty()) {
      return Optional.of("runs are being paused; no new one is accepted");
    }
    return roster.refusal(run);
  }

  private ReplyEffect<SupervisorEvent, SupervisorState> onSubmissionAnswered(
      SupervisorState state, SubmissionAnswered answered) {
    SupervisedRun run = roster.find(answered.run()).orElse(null);
    if (run == null || run.stage() != SupervisedRun.Stage.SUBMITTING) {
      return Effect().noReply();
    }
    if (answered.answer().isError()) {
      run.order().replyTo().tell(answered.answer());
      roster.dismiss(run);
      return Effect().noReply();
    }
    run.queued();
    String experiment = run.order().spec().experiment();
    return decide(
        state,
        List.of(new RunEnqueued(run.run(), experiment)),
        () -> {
          run.order().replyTo().tell(StatusReply.ack());
          if (!pausing.isEmpty()) {
            roster.restInQueue(run);
          }
        });
  }

  private ReplyEffect<SupervisorEvent, SupervisorState> onHand(SupervisorState state, Hand hand) {
    if (broken != null) {
      return Effect().reply(hand.replyTo(), unwritable());
    }
    roster.hand(hand.run(), hand.request().apply(hand.replyTo()));
    return Effect().noReply();
  }

  private StatusReply<Done> unwritable() {
    return StatusReply.error("the journal cannot be written: " + broken);
  }

  private ReplyEffect<SupervisorEvent, SupervisorState> onPauseAll(
      SupervisorState state, PauseAll pause) {
    pausing.add(pause.replyTo());
    for (SupervisedRun run : roster.runs()) {
      if (run.stage() == SupervisedRun.Stage.WAITING) {
        roster.restInQueue(run);
      } else if (run.stage() == SupervisedRun.Stage.WORKING) {
        run.pause(pause.reason(), context.getSystem().ignoreRef());
      }
    }
    answerPauses();
    return Effect().noReply();
  }

  private ReplyEffect<SupervisorEvent, SupervisorState> onTrainerSettled(
      SupervisorState state, TrainerSettled settled) {
    Settlement settlement = settled.settlement();
    SupervisedRun run = roster.find(settlement.run()).orElse(null);
    if (run == null) {
      // Its trainer came for one request alone; what this process does not know may still wait.
      return state.unsettled().containsKey(settlement.run())
          ? decide(state, List.of(new RunSettled(settlement.run(), settlement.outcome())), () -> {})
          : Effect().noReply();
    }
    // Told before it is noted here: it is durable already, in the stream of the run itself.
    roster.settle(run, settlement);
    return decide(
        state, List.of(new RunSettled(run.run(), settlement.outcome())), this::answerPauses);
  }

  private ReplyEffect<SupervisorEvent, SupervisorState> onTrainerJournalFailed(
      SupervisorState state, TrainerJournalFailed failed) {
    return roster
        .find(failed.run())
        .map(
            run ->
                act(
                    state,
                    run,
                    FailurePolicy.Failure.JOURNAL_FAILED,
                    failed.step(),
                    failed.message()))
        .orElseGet(
            () -> {
              stopWriting(failed.message());
              return Effect().noReply();
            });
  }

  private ReplyEffect<SupervisorEvent, SupervisorState> onTrainerUnreadable(
      SupervisorState state, TrainerUnreadable unreadable) {
    String message = "run " + unreadable.run() + " cannot be read: " + unreadable.message();
    SupervisedRun run = roster.find(unreadable.run()).orElse(null);
    if (run != null) {
      return act(state, run, FailurePolicy.Failure.UNREADABLE, -1, message);
    }
    roster.disappoint(unreadable.run(), message);
    return Effect().noReply();
  }

  private ReplyEffect<SupervisorEvent, SupervisorState> onTrainerStopped(
      SupervisorState state, TrainerStopped stopped) {
    Roster.Leaving left = roster.left(stopped.trainer()).orElse(null);
    if (left == null) {
      return roster
          .of(stopped.trainer())
          .map(run -> act(state, run, FailurePolicy.Failure.DIED, -1, stopped.cause()))
          .orElseGet(() -> Effect().noReply());
    }
    Optional<Long> fence =
        roster.find(left.run()).isPresent() ? Optional.empty() : state.fenceOf(left.run());
    if (fence.isPresent() && broken == null) {
      return decide(
          state,
          List.of(new LeaseReleased(fence.get(), "the run came to rest")),
          this::answerPauses);
    }
    answerPauses();
    return Effect().noReply();
  }

  private ReplyEffect<SupervisorEvent, SupervisorState> act(
      SupervisorState state,
      SupervisedRun run,
      FailurePolicy.Failure failure,
      long step,
      String message) {
    switch (FailurePolicy.decide(failure, run.stage())) {
      case REFUSE -> {
        run.order().replyTo().tell(StatusReply.error(message));
        roster.dismiss(run);
      }
      case STOP_WRITING -> {
        roster.settle(run, Settlement.failed(run.run(), step, AttemptEnd.JOURNAL_FAILED, message));
        stopWriting(message);
      }
      case CLOSE_ATTEMPT -> {
        roster.replaceTrainer(run);
        run.closeAttempt(AttemptEnd.KILLED, "the trainer of the run died: " + message);
      }
      case GIVE_UP -> {
        Settlement failed = Settlement.failed(run.run(), step, AttemptEnd.KILLED, message);
        return onTrainerSettled(state, new TrainerSettled(failed));
      }
    }
    return Effect().noReply();
  }

  private void stopWriting(String message) {
    if (broken == null) {
      broken = message;
    }
    for (SupervisedRun run : roster.runs()) {
      run.order().replyTo().tell(unwritable());
      roster.settle(run, Settlement.failed(run.run(), -1, AttemptEnd.JOURNAL_FAILED, message));
      context.stop(run.trainer());
    }
    answerPauses();
  }

  private void reclaim(SupervisorState state) {
    if (!state.leases().isEmpty()) {
      context.getSelf().tell(new ReclaimLeases(new TreeSet<>(state.leases().keySet())));
    }
  }

  private ReplyEffect<SupervisorEvent, SupervisorState> onReclaimLeases(
      SupervisorState state, ReclaimLeases reclaim) {
    List<SupervisorEvent> released =
        reclaim.fences().stream()
            .<SupervisorEvent>map(
                fence -> new LeaseReleased(fence, "the process that held it has ended"))
            .toList();
    return decide(state, released, () -> {});
  }

  /** Journals events, and with them the leases that they make possible. */
  private ReplyEffect<SupervisorEvent, SupervisorState> decide(
      SupervisorState state, List<SupervisorEvent> events, Runnable then) {
    List<Roster.Lease> leases = pausing.isEmpty() ? roster.leases(state.apply(events)) : List.of();
    List<SupervisorEvent> all = new ArrayList<>(events);
    leases.forEach(lease -> all.add(lease.granted()));
    return Effect()
        .persist(all)
        .thenRun(
            () -> {
              then.run();
              leases.forEach(Roster.Lease::begin);
            })
        .thenNoReply();
  }

  private void gone(Terminated signal, String cause) {
    context.getSelf().tell(new TrainerStopped(signal.getRef(), cause));
  }

  private void answerPauses() {
    if (roster.isDeserted()) {
      pausing.forEach(waiting -> waiting.tell(Done.getInstance()));
      pausing.clear();
    }
  }
}
