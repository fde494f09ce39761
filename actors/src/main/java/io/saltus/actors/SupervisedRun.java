package io.saltus.actors;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.session.SessionRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;

/** A run of this process, from its submission until it has come to rest. */
final class SupervisedRun {

  /** How far it has come. */
  enum Stage {
    /** Its trainer journals the submission. */
    SUBMITTING,
    /** It waits for its device. */
    WAITING,
    /** Its trainer has the device. */
    WORKING,
    /** A second trainer journals the end of an attempt that the first one left. */
    CLOSING
  }

  private final Supervisor.Submit order;
  private final Program program;
  private final DeviceId device;
  private ActorRef<Trainer.Command> trainer;
  private Stage stage = Stage.SUBMITTING;

  SupervisedRun(
      Supervisor.Submit order,
      Program program,
      DeviceId device,
      ActorRef<Trainer.Command> trainer) {
    this.order = order;
    this.program = program;
    this.device = device;
    this.trainer = trainer;
  }

  RunId run() {
    return order.submission().run();
  }

  Submission submission() {
    return order.submission();
  }

  DeviceId device() {
    return device;
  }

  RunListener listener() {
    return order.listener();
  }

  Stage stage() {
    return stage;
  }

  ActorRef<Trainer.Command> trainer() {
    return trainer;
  }

  ActorRef<StatusReply<Done>> replyTo() {
    return order.replyTo();
  }

  void queued() {
    stage = Stage.WAITING;
  }

  void begin(long fence) {
    stage = Stage.WORKING;
    Submission submission = order.submission();
    SessionRequest request =
        new SessionRequest(submission.spec(), List.of(device), submission.inputs());
    trainer.tell(new Trainer.Begin(new Assignment(fence, program, request)));
  }

  void closing(ActorRef<Trainer.Command> second) {
    stage = Stage.CLOSING;
    trainer = second;
  }

  /** Tells whoever waits for the run's end, on {@code executor}: what they do then is theirs. */
  void settled(Settlement settlement, Executor executor) {
    CompletableFuture<Settlement> future = order.settled();
    executor.execute(() -> future.complete(settlement));
  }
}
