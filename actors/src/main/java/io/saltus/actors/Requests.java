package io.saltus.actors;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/**
 * The door to the supervisor: what waits for its answers is bounded here, so that no mailbox behind
 * it can overflow, and is told when the supervisor ends.
 */
final class Requests {

  private final ActorSystem<SupervisorCommand> system;
  private final int most;
  private final Duration answerWithin;
  private final Semaphore free;
  private final AtomicLong asked = new AtomicLong();
  private final Map<Long, CompletableFuture<?>> open = new ConcurrentHashMap<>();

  /**
   * @param most how many may wait at a time
   */
  Requests(ActorSystem<SupervisorCommand> system, int most, Duration answerWithin) {
    this.system = system;
    this.most = most;
    this.answerWithin = answerWithin;
    this.free = new Semaphore(most);
    system
        .getWhenTerminated()
        .thenRun(() -> open.values().forEach(waiting -> waiting.completeExceptionally(stopped())));
  }

  /** Asks the supervisor. */
  <T> CompletionStage<T> ask(Function<ActorRef<T>, SupervisorCommand> question) {
    if (!free.tryAcquire()) {
      return CompletableFuture.failedFuture(
          new RefusedException(most + " requests wait for an answer already"));
    }
    CompletableFuture<T> answered = new CompletableFuture<>();
    long number = asked.incrementAndGet();
    open.put(number, answered);
    put(question, answered);
    return answered.whenComplete(
        (answer, failure) -> {
          open.remove(number);
          free.release();
        });
  }

  private <T> void put(
      Function<ActorRef<T>, SupervisorCommand> question, CompletableFuture<T> answered) {
    // A system that has ended answers nothing, not even that the time is over.
    if (system.getWhenTerminated().toCompletableFuture().isDone()) {
      answered.completeExceptionally(stopped());
      return;
    }
    try {
      AskPattern.ask(system, question::apply, answerWithin, system.scheduler())
          .whenComplete(
              (answer, failure) -> {
                if (failure == null) {
                  answered.complete(answer);
                } else {
                  answered.completeExceptionally(stopped());
                }
              });
    } catch (IllegalStateException ending) {
      // Between the two its timer has stopped already.
      answered.completeExceptionally(stopped());
    }
  }

  private static RefusedException stopped() {
    return new RefusedException(
        "the supervisor does not answer: it stops when the journal cannot be written");
  }
}
