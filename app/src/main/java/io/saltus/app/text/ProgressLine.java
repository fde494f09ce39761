package io.saltus.app.text;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * One line that is written over and over while a run goes on: bar, step, steps per second, time
 * left, a remark, main metrics. For a remark the bar makes room. Drawn at most ten times a second;
 * the caller need not count.
 */
public final class ProgressLine {

  private static final long EVERY_NANOS = 100_000_000L;
  private static final int BAR = 20;
  private static final int LEAST_BAR = 5;
  private static final String BACK_AND_CLEAR = "\r\u001b[K";

  private final PrintStream err;
  private final LongSupplier nanoTime;
  private final int width;
  private final long steps;
  private final long startedAt;
  private long drawnAt;
  private long firstStep = -1;
  private boolean drawn;
  private String remark = "";

  /**
   * @param nanoTime a monotonic clock in nanoseconds
   * @param width of the terminal in characters
   * @param steps the last step at most
   */
  public ProgressLine(PrintStream err, LongSupplier nanoTime, int width, long steps) {
    this.err = err;
    this.nanoTime = nanoTime;
    this.width = width;
    this.steps = steps;
    this.startedAt = nanoTime.getAsLong();
    this.drawnAt = startedAt - EVERY_NANOS;
  }

  /** The run has come to a step. */
  public synchronized void at(long step, Map<String, Double> metrics) {
    long now = nanoTime.getAsLong();
    if (firstStep < 0) {
      firstStep = step;
    }
    if (now - drawnAt < EVERY_NANOS) {
      return;
    }
    drawnAt = now;
    drawn = true;
    String line = line(step, now, metrics);
    err.print(BACK_AND_CLEAR + line.substring(0, Math.min(line.length(), width - 1)));
    err.flush();
  }

  /** What the line says from now on beside its figures; empty for nothing. */
  public synchronized void remark(String text) {
    remark = text;
  }

  /** Something else is done for a while, which has no steps; until the line is taken away. */
  public synchronized void doing(String what) {
    drawn = true;
    err.print(BACK_AND_CLEAR + ' ' + what.substring(0, Math.min(what.length(), width - 2)));
    err.flush();
  }

  /** Takes the line away, so that something else can be written. */
  public synchronized void clear() {
    if (drawn) {
      err.print(BACK_AND_CLEAR);
      err.flush();
      drawn = false;
    }
  }

  private String line(long step, long now, Map<String, Double> metrics) {
    double seconds = (now - startedAt) / 1e9;
    double rate = seconds > 0 ? (step - firstStep) / seconds : 0;
    StringBuilder line = new StringBuilder();
    line.append(' ').append(Figures.whole(step)).append('/');
    line.append(Figures.whole(steps));
    if (rate > 0) {
      Duration left = Duration.ofMillis((long) ((steps - step) / rate * 1_000));
      line.append(String.format(Locale.ROOT, "  %.0f/s  %s left", rate, Figures.duration(left)));
    }
    if (!remark.isEmpty()) {
      line.append("  ").append(remark);
    }
    int room = remark.isEmpty() ? BAR : width - 1 - line.length();
    line.insert(0, bar(step, Math.max(LEAST_BAR, Math.min(BAR, room))));
    metrics.forEach(
        (name, value) -> line.append("  ").append(name).append(' ').append(Figures.real(value)));
    return line.toString();
  }

  private String bar(long step, int length) {
    int full = (int) Math.round(length * Math.min(1, (double) step / Math.max(1, steps)));
    return "█".repeat(full) + "░".repeat(length - full);
  }
}
