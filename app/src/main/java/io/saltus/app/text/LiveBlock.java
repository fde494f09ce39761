package io.saltus.app.text;

import java.io.PrintStream;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A few lines at the end of a terminal that are written over and over while something goes on.
 * Drawn at most ten times a second; the caller need not count.
 */
public final class LiveBlock {

  private static final long EVERY_NANOS = 100_000_000L;
  private static final String UP_AND_CLEAR = "\u001b[A\r\u001b[K";

  private final PrintStream err;
  private final LongSupplier nanoTime;
  private final int width;
  private long drawnAt;
  private int drawn;

  /**
   * @param nanoTime a monotonic clock in nanoseconds
   * @param width of the terminal in characters
   */
  public LiveBlock(PrintStream err, LongSupplier nanoTime, int width) {
    this.err = err;
    this.nanoTime = nanoTime;
    this.width = width;
    this.drawnAt = nanoTime.getAsLong() - EVERY_NANOS;
  }

  /**
   * Shows other lines.
   *
   * @param lines made only when they are drawn; cut to the width
   */
  public synchronized void show(Supplier<List<String>> lines) {
    long now = nanoTime.getAsLong();
    if (now - drawnAt < EVERY_NANOS) {
      return;
    }
    drawnAt = now;
    StringBuilder text = new StringBuilder(UP_AND_CLEAR.repeat(drawn));
    List<String> next = lines.get();
    for (String line : next) {
      text.append(line, 0, Math.min(line.length(), width - 1)).append('\n');
    }
    drawn = next.size();
    err.print(text);
    err.flush();
  }

  /** Takes the lines away, so that something else can be written. */
  public synchronized void clear() {
    if (drawn > 0) {
      err.print(UP_AND_CLEAR.repeat(drawn));
      err.flush();
      drawn = 0;
    }
  }
}
