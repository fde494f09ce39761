package io.saltus.actors;

import io.saltus.actors.monitor.RunWatch;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.SupervisorEvent.LeaseGranted;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.session.SessionRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run of this process, from its submission until it has come to rest. */
final class SupervisedRun {

  private static final Logger LOG = LoggerFactory.getLogger(SupervisedRun.class);

  /** How far it has come. */
  enum Stage {
    /** Its trainer journals the submission. */
    SUBMITTING,
    /** It waits for its devices. */
    WAITING,
    /** It is tried again after a while; until then it waits for nothing but that. */
    BACKING_OFF,
    /** Its trainer has the devices. */
    WORKING,
    /** A second trainer journals the end of an attempt that the first one left. */
    CLOSING;

    /** Whether its trainer has no device and journals nothing by itself. */
    boolean waits() {
      return this == WAITING || this == BACKING_OFF;
    }
  }

  private final Order order;
  private final Program program;
  private final Placement.Wish wish;
  private final RunWatch watch;
  private ActorRef<TrainerCommand> trainer;
  private Stage stage = Stage.SUBMITTING;
  private Optional<Long> fence = Optional.empty();
  private boolean parked;
  private boolean leaving;
  private String said = "";

  /**
   * @param wish what it needs
   * @param watch of its monitor
   */
  SupervisedRun(
      Order order,
      Program program,
      Placement.Wish wish,
      RunWatch watch,
      ActorRef<TrainerCommand> trainer) {
    this.order = order;
    this.program = program;
    this.wish = wish;
    this.watch = watch;
    this.trainer = trainer;
  }

  RunId run() {
    return order.run();
  }

  Order order() {
    return order;
  }

  /** The devices that it needs. */
  Placement.Wish wish() {
    return wish;
  }

  Stage stage() {
    return stage;
  }

  ActorRef<TrainerCommand> trainer() {
    return trainer;
  }

  RunWatch watch() {
    return watch;
  }

  void queued() {
    stage = Stage.WAITING;
    fence = Optional.empty();
  }

  void backsOff() {
    stage = Stage.BACKING_OFF;
    fence = Optional.empty();
  }

  void begin(LeaseGranted lease) {
    stage = Stage.WORKING;
    fence = Optional.of(lease.fence());
    said = "";
    leaving = false;
    trainer.tell(
        new TrainerCommand.Begin(
            new Assignment(order.run(), lease.fence(), program, request(lease.devices()))));
  }

  /** What its session is opened from on these devices. */
  SessionRequest request(List<DeviceId> devices) {
    return new SessionRequest(order.spec(), devices, order.inputs()).withRun(order.run());
  }

  Program program() {
    return program;
  }

  /** Has its trainer do something. */
  void tell(TrainerCommand.Request request) {
    leaving |= request instanceof TrainerCommand.Pause || request instanceof TrainerCommand.Cancel;
    trainer.tell(request);
  }

  /** Has its trainer bring it to rest. */
  void pause(String reason, ActorRef<StatusReply<Done>> replyTo) {
    tell(new TrainerCommand.Pause(reason, replyTo));
  }

  /** Has its trainer give its devices back, for another run that waits. */
  void giveWay(SupervisedRun other) {
    String to = "run %s of priority %d".formatted(other.run(), other.wish().priority());
    leaving = true;
    fence.ifPresent(held -> trainer.tell(new TrainerCommand.GiveWay(held, "it gave way to " + to)));
    waits("it gives way to " + to + ", and goes on by itself");
  }

  /** Whether it is at work under the lease of this fence, and nobody has asked it to leave. */
  boolean stays(long held) {
    return stage == Stage.WORKING && !leaving && fence.equals(Optional.of(held));
  }

  /** Has its trainer bring it to rest until there is room for it. */
  void park(String reason, ActorRef<StatusReply<Done>> replyTo) {
    parked = true;
    pause(reason, replyTo);
    waits(reason);
  }

  /** Somebody wants it to rest for good. */
  void unpark() {
    parked = false;
  }

  /** Whether it goes on by itself when it has come to rest. */
  boolean isParked() {
    return parked;
  }

  /** Of the lease that its trainer was given last. */
  Optional<Long> fence() {
    return fence;
  }

  /** Says why it does not begin, or pauses, once. */
  void waits(String why) {
    if (why.equals(said)) {
      return;
    }
    said = why;
    try {
      order.listener().waits(why);
    } catch (RuntimeException e) {
      LOG.warn("a listener of run {} failed: {}", run(), e.toString());
    }
  }

  /** Has its trainer end the attempt that another left open. */
  void closeAttempt(AttemptEnd cause, String message) {
    trainer.tell(new TrainerCommand.CloseAttempt(cause, message));
  }

  void closing(ActorRef<TrainerCommand> second) {
    stage = Stage.CLOSING;
    trainer = second;
  }

  /** Tells whoever waits for the run's end, on {@code executor}: what they do then is theirs. */
  void settled(Settlement settlement, Executor executor) {
    CompletableFuture<Settlement> future = order.settled();
    executor.execute(() -> future.complete(settlement));
  }
}
