package io.saltus.app.cli;

import io.saltus.app.signal.Signals;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What signals mean to {@code sql}: what it is doing ends, and then it does, in its own time, so
 * that nothing of its tables is left behind.
 */
final class SqlInterruption implements AutoCloseable {

  private static final long AGAIN_MILLIS = 50;

  private final Signals signals;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean heard;
  private volatile Runnable end = () -> {};
  private volatile Optional<Runnable> line = Optional.empty();

  private SqlInterruption() {
    signals = Signals.hear(this::hear);
  }

  /** Hears of signals from now on. */
  static SqlInterruption begin() {
    return new SqlInterruption();
  }

  /** Whether a signal has come. */
  boolean heard() {
    return heard;
  }

  /**
   * What ends that which is being done from now on. It may come too early or too late for that, so
   * it is called again and again, on a thread of its own.
   */
  void endBy(Runnable ending) {
    end = ending;
  }

  /** From now on ctrl-C does this, and ends nothing else. */
  void onCtrlC(Runnable action) {
    line = Optional.of(action);
  }

  private void hear(String signal) {
    if (signal.equals("INT") && line.isPresent()) {
      line.get().run();
      return;
    }
    heard = true;
    try {
      do {
        end.run();
      } while (!over.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    over.countDown();
    signals.close();
  }
}
