package io.saltus.app.cli;

import io.saltus.experiment.metric.MetricName;
import io.saltus.testkit.Script;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/** Runs that go on until they learn, and learn when they are let: at work as long as is wanted. */
final class EndlessRuns {

  /** Lines of their spec. */
  static final String SPEC =
      "until = [{ metric = train.accuracy, at-least = 0.99, for-steps = 5 }]\nsteps = 1000000000";

  private final AtomicLong learnsAfter = new AtomicLong(Long.MAX_VALUE);

  /**
   * What they do.
   *
   * @param beforeStep called before each of their steps
   */
  Script script(LongConsumer beforeStep) {
    return Script.learning()
        .with(new MetricName("train.accuracy"), (seed, step) -> step > learnsAfter.get() ? 1 : 0.25)
        .beforeStep(
            step -> {
              beforeStep.accept(step);
              slowlyWhileEndless();
            });
  }

  /** So that what is paused has few steps to be looked at; nothing waits for it. */
  private void slowlyWhileEndless() {
    if (learnsAfter.get() == Long.MAX_VALUE) {
      LockSupport.parkNanos(500_000);
    }
  }

  /**
   * From now on runs come to their end, those that are there some steps after all they recorded.
   */
  void letLearn(Console console) {
    long last =
        console.run("runs", "--format", "json").lines().stream()
            .mapToLong(line -> Long.parseLong(line.replaceFirst(".*\"step\":(\\d+).*", "$1")))
            .max()
            .orElse(0);
    learnsAfter.set(last + 1);
  }
}
