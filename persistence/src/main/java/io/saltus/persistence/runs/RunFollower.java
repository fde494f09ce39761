package io.saltus.persistence.runs;

import io.saltus.experiment.RunId;
import io.saltus.persistence.read.JournalFollower;
import io.saltus.persistence.read.JournalFollower.Pause;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Hands out the events of a run, each once and in order, as they become durable. Not safe for use
 * by several threads.
 */
public final class RunFollower {

  private final RunId run;
  private final JournalFollower follower;

  RunFollower(RunId run, JournalFollower follower) {
    this.run = run;
    this.follower = follower;
  }

  /**
   * Hands out what has become durable since the last call, without waiting.
   *
   * @return how many events were handed out
   */
  public long poll(Consumer<? super RecordedEvent> consumer) {
    return follower.poll(event -> consumer.accept(RunEventSource.decode(run, event)));
  }

  /**
   * Hands out events for as long as is asked, waiting only when there are none.
   *
   * @param goOn asked before each look; one last look is taken after it has said no
   * @param pause how to wait
   * @throws InterruptedException when interrupted in a pause
   */
  public void run(Consumer<? super RecordedEvent> consumer, BooleanSupplier goOn, Pause pause)
      throws InterruptedException {
    follower.run(event -> consumer.accept(RunEventSource.decode(run, event)), goOn, pause);
  }
}
