package io.saltus.actors;

import io.saltus.actors.SupervisorCommand.BackOffEnded;
import io.saltus.actors.SupervisorCommand.DiskSeen;
import io.saltus.actors.SupervisorCommand.Hand;
import io.saltus.actors.SupervisorCommand.HandStudy;
import io.saltus.actors.SupervisorCommand.Join;
import io.saltus.actors.SupervisorCommand.Look;
import io.saltus.actors.SupervisorCommand.PauseAll;
import io.saltus.actors.SupervisorCommand.QueueNewcomers;
import io.saltus.actors.SupervisorCommand.ReclaimLeases;
import io.saltus.actors.SupervisorCommand.RestRun;
import io.saltus.actors.SupervisorCommand.Restore;
import io.saltus.actors.SupervisorCommand.Resume;
import io.saltus.actors.SupervisorCommand.StudyReady;
import io.saltus.actors.SupervisorCommand.SubmissionAnswered;
import io.saltus.actors.SupervisorCommand.Submit;
import io.saltus.actors.SupervisorCommand.TrainerJournalFailed;
import io.saltus.actors.SupervisorCommand.TrainerSettled;
import io.saltus.actors.SupervisorCommand.TrainerStopped;
import io.saltus.actors.SupervisorCommand.TrainerUnreadable;
import io.saltus.actors.SupervisorCommand.TrainerWaits;
import io.saltus.actors.study.StudyCommand;
import io.saltus.experiment.Device;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.experiment.event.SupervisorEvent.LeaseReleased;
import io.saltus.experiment.event.SupervisorEvent.RunSettled;
import io.saltus.experiment.session.Program;
import io.saltus.persistence.projection.SupervisorState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
        SupervisorCommand, SupervisorEvent, SupervisorState> {

  static final PersistenceId ID = PersistenceId.ofUniqueId("supervisor|main");

  private final ActorContext<SupervisorCommand> context;
  private final Admission admission;
  private final DevicePool pool;
  private final DeviceDecisions devices;
  private final DiskDecisions disk;
  private final Roster roster;
  private final Newcomers newcomers;
  private final StudyRoster studies;
  private final int snapshotEvery;
  private final Pauses pauses;
  private final CompletableFuture<String> breakdown;
  private @Nullable String broken;

  private Supervisor(
      ActorContext<SupervisorCommand> context,
      List<Program> programs,
      List<Device> devices,
      WatchedDisk disk,
      TrainerTools tools,
      CompletableFuture<String> breakdown) {
    super(ID);
    this.breakdown = breakdown;
    this.pool = new DevicePool(devices);
    this.context = context;
    this.admission = new Admission(programs);
    SupervisionSettings settings = tools.settings();
    Reservations reservations =
        new Reservations((long) (pool.memoryBytes() * settings.memoryShare()), settings.disk());
    this.roster = new Roster(context, tools, pool, reservations);
    this.newcomers = new Newcomers(context.getSelf(), roster);
    this.devices = new DeviceDecisions(context, roster, pool, settings.drainedFor());
    this.disk = new DiskDecisions(context, roster, reservations, admission);
    this.disk.watch(disk, settings.disk());
    this.studies = new StudyRoster(context);
    this.pauses = new Pauses(roster, studies);
    this.snapshotEvery = settings.snapshotEvery();
  }

  /**
   * @param programs asked in order which of them supports a spec
   * @param devices in the order in which they are given away
   * @param disk that the journal and the checkpoints are on
   * @param breakdown completed with the reason when this writes nothing any more
   */
  static Behavior<SupervisorCommand> create(
      List<Program> programs,
      List<Device> devices,
      WatchedDisk disk,
      TrainerTools tools,
      CompletableFuture<String> breakdown) {
    return Behaviors.setup(
        context -> {
          context.setLoggerName(TrainerTools.FAULTS);
          return new Supervisor(context, programs, devices, disk, tools, breakdown);
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
  public CommandHandlerWithReply<SupervisorCommand, SupervisorEvent, SupervisorState>
      commandHandler() {
    return newCommandHandlerWithReplyBuilder()
        .forAnyState()
        .onCommand(Submit.class, this::onSubmit)
        .onCommand(
            Resume.class, (state, resume) -> enlist(resume.order(), TrainerCommand.Resume::new))
        .onCommand(Hand.class, this::onHand)
        .onCommand(
            PauseAll.class,
            (state, pause) ->
                withoutEvents(() -> pauses.all(pause, context.getSystem().ignoreRef())))
        .onCommand(HandStudy.class, this::onHandStudy)
        .onCommand(
            StudyReady.class, (state, ready) -> withoutEvents(() -> studies.ready(ready.ready())))
        .onCommand(RestRun.class, (state, rest) -> withoutEvents(() -> pauses.one(rest)))
        .onCommand(
            Join.class, (state, join) -> Effect().reply(join.replyTo(), roster.handle(join.run())))
        .onCommand(Look.class, (state, look) -> Effect().reply(look.replyTo(), state))
        .onCommand(
            SubmissionAnswered.class,
            (state, answered) -> withoutEvents(() -> newcomers.on(answered)))
        .onCommand(QueueNewcomers.class, (state, queue) -> decide(state, newcomers.queue()))
        .onCommand(TrainerSettled.class, this::onTrainerSettled)
        .onCommand(TrainerJournalFailed.class, this::onTrainerJournalFailed)
        .onCommand(TrainerUnreadable.class, this::onTrainerUnreadable)
        .onCommand(TrainerStopped.class, this::onTrainerStopped)
        .onCommand(ReclaimLeases.class, (state, reclaim) -> decide(state, devices.on(reclaim)))
        .onCommand(TrainerWaits.class, (state, waits) -> decide(state, devices.on(waits, state)))
        .onCommand(BackOffEnded.class, (state, ended) -> decide(state, devices.on(ended)))
        .onCommand(
            DiskSeen.class,
            (state, seen) -> decide(state, broken == null ? disk.on(seen) : Optional.empty()))
        .onCommand(Restore.class, (state, restore) -> decide(state, devices.on(restore, state)))
        .build();
  }

  @Override
  public SignalHandler<SupervisorState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.class, (state, signal) -> devices.recovered(state))
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

  private ReplyEffect<SupervisorEvent, SupervisorState> enlist(
      Order order, Function<ActorRef<StatusReply<Done>>, TrainerCommand> first) {
    Optional<String> refusal =
        closed()
            .or(() -> roster.refusal(order.run()))
            .or(() -> admission.refusal(order.spec()))
            .or(() -> pool.refusal(order.spec()));
    if (refusal.isPresent()) {
      return Effect().reply(order.replyTo(), StatusReply.error(refusal.get()));
    }
    roster.enlist(order, admission, first);
    return Effect().noReply();
  }

  /** Why nothing new may begin now; empty while it may. */
  private Optional<String> closed() {
    if (broken != null) {
      return Optional.of("the journal cannot be written: " + broken);
    }
    return pauses.ofAll()
        ? Optional.of("runs are being paused; no new one is accepted")
        : Optional.empty();
  }

  private ReplyEffect<SupervisorEvent, SupervisorState> onHand(SupervisorState state, Hand hand) {
    if (broken != null) {
      return Effect().reply(hand.replyTo(), unwritable());
    }
    roster.hand(hand.run(), hand.request().apply(hand.replyTo()));
    return Effect().noReply();
  }

  private ReplyEffect<SupervisorEvent, SupervisorState> onHandStudy(
      SupervisorState state, HandStudy hand) {
    Optional<String> closed = closed();
    if (closed.isPresent() && (broken != null || hand.request() instanceof StudyCommand.Conduct)) {
      return Effect().reply(hand.request().replyTo(), StatusReply.error(closed.get()));
    }
    studies.hand(hand.study(), hand.request());
    return Effect().noReply();
  }

  private ReplyEffect<SupervisorEvent, SupervisorState> withoutEvents(Runnable action) {
    action.run();
    return Effect().noReply();
  }

  private StatusReply<Done> unwritable() {
    return StatusReply.error("the journal cannot be written: " + broken);
  }

  private ReplyEffect<SupervisorEvent, SupervisorState> onTrainerSettled(
      SupervisorState state, TrainerSettled settled) {
    Settlement settlement = settled.settlement();
    SupervisedRun run = roster.find(settlement.run()).orElse(null);
    if (run == null) {
      // Its trainer came for one request alone; what this process does not know may still wait.
      roster.settleParked(settlement);
      return state.unsettled().containsKey(settlement.run())
          ? decide(state, List.of(new RunSettled(settlement.run(), settlement.outcome())), () -> {})
          : Effect().noReply();
    }
    // Told before it is noted here: it is durable already, in the stream of the run itself.
    roster.settle(run, settlement);
    return decide(state, Optional.of(devices.settled(settlement, state, disk::goOn)));
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
    if (studies.left(stopped.trainer(), stopped.cause())) {
      pauses.answer();
      return Effect().noReply();
    }
    Roster.Leaving left = roster.left(stopped.trainer()).orElse(null);
    if (left == null) {
      return roster
          .of(stopped.trainer())
          .map(run -> act(state, run, FailurePolicy.Failure.DIED, -1, stopped.cause()))
          .orElseGet(() -> Effect().noReply());
    }
    // By its fence: its run may have been taken in again meanwhile, and wait for these devices.
    Optional<Long> fence = left.fence().filter(state.leases()::containsKey);
    if (fence.isPresent() && broken == null) {
      return decide(
          state, List.of(new LeaseReleased(fence.get(), "the run came to rest")), pauses::answer);
    }
    pauses.answer();
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
        roster.settle(run, failed);
        // Its trainer died, which is nothing that a device did.
        return decide(state, List.of(new RunSettled(run.run(), failed.outcome())), disk::goOn);
      }
    }
    return Effect().noReply();
  }

  private void stopWriting(String message) {
    roster.unparkAll();
    if (broken == null) {
      broken = message;
    }
    studies.stopWriting(message);
    for (SupervisedRun run : roster.runs()) {
      run.order().replyTo().tell(unwritable());
      roster.settle(run, Settlement.failed(run.run(), -1, AttemptEnd.JOURNAL_FAILED, message));
      context.stop(run.trainer());
    }
    pauses.answer();
    breakdown.complete(broken);
  }

  private ReplyEffect<SupervisorEvent, SupervisorState> decide(
      SupervisorState state, Optional<DeviceDecisions.Decision> decision) {
    return decision
        .map(each -> decide(state, each.events(), each.then()))
        .orElseGet(() -> Effect().noReply());
  }

  /** Journals events, and with them whose turn it is then. */
  private ReplyEffect<SupervisorEvent, SupervisorState> decide(
      SupervisorState state, List<SupervisorEvent> events, Runnable then) {
    Turn turn = pauses.ofAll() ? Turn.NOBODYS : roster.turn(state.apply(events));
    List<SupervisorEvent> all = new ArrayList<>(events);
    all.addAll(turn.events());
    return Effect()
        .persist(all)
        .thenRun(
            after -> {
              then.run();
              turn.take();
              roster.explain(after);
              pauses.restWaiting();
              admission.forecast(after, roster.waiting(Forecast.FORESIGHT));
              pauses.answer();
            })
        .thenNoReply();
  }

  private void gone(Terminated signal, String cause) {
    context.getSelf().tell(new TrainerStopped(signal.getRef(), cause));
  }
}
