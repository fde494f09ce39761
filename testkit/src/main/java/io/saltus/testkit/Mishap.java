package io.saltus.testkit;

import io.saltus.experiment.metric.MetricName;
import java.util.concurrent.CountDownLatch;

/** What goes wrong at a step of a script, once its turn comes. */
public sealed interface Mishap {

  /** The session throws a {@code SessionException} with this message. */
  record Failure(String message) implements Mishap {}

  /** The session throws this as it is, as a bug or the JVM would. */
  record Crash(Throwable thrown) implements Mishap {}

  /** A metric of the step has this value instead of its own, such as NaN. */
  record Value(MetricName metric, double value) implements Mishap {}

  /**
   * The session blocks, deaf to interrupts as native code is, until {@code released} is down to 0.
   *
   * @param reached counted down when it begins to block
   */
  record Hang(CountDownLatch reached, CountDownLatch released) implements Mishap {
    /** A hang that nobody has released. */
    public static Hang once() {
      return new Hang(new CountDownLatch(1), new CountDownLatch(1));
    }
  }
}
