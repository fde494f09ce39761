package io.saltus.bench.ground;

import io.saltus.actors.RunListener;
import io.saltus.experiment.event.RunEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Notes when the events of a run became durable. */
public final class StepClock implements RunListener {

  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final List<Mark> marks = new ArrayList<>();

  private record Mark(RunEvent event, long nanos) {}

  @Override
  public synchronized void persisted(RunEvent event, long sequence) {
    marks.add(new Mark(event, System.nanoTime()));
    notifyAll();
  }

  /** Waits for the first event of a kind and returns when it came, of {@link System#nanoTime}. */
  public synchronized long await(Predicate<RunEvent> wanted) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    Optional<Mark> found = first(wanted);
    while (found.isEmpty()) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new IllegalStateException("the event did not come; the last is " + last());
      }
      wait(left);
      found = first(wanted);
    }
    return found.get().nanos();
  }

  /** An attempt's beginning. */
  public static boolean isStart(RunEvent event) {
    return event instanceof RunEvent.AttemptStarted;
  }

  /** A frame that reaches a step. */
  public static Predicate<RunEvent> frameTo(long step) {
    return event -> untilOf(event) >= step;
  }

  /** The steps per second between the first frame that reaches {@code warm} and the last frame. */
  public synchronized double stepsPerSecond(long warm) {
    List<Mark> frames = marks.stream().filter(mark -> untilOf(mark.event()) >= warm).toList();
    Mark begin = frames.get(0);
    Mark end = frames.get(frames.size() - 1);
    return (untilOf(end.event()) - untilOf(begin.event())) / ((end.nanos() - begin.nanos()) / 1e9);
  }

  /** The last step that was executed again and compared when the run went on. */
  public synchronized long caughtUpTo() {
    return marks.stream()
        .map(Mark::event)
        .filter(RunEvent.CatchUpVerified.class::isInstance)
        .mapToLong(event -> ((RunEvent.CatchUpVerified) event).untilStep())
        .findFirst()
        .orElseThrow();
  }

  private Optional<Mark> first(Predicate<RunEvent> wanted) {
    return marks.stream().filter(mark -> wanted.test(mark.event())).findFirst();
  }

  private String last() {
    return marks.isEmpty() ? "none" : marks.get(marks.size() - 1).event().toString();
  }

  private static long untilOf(RunEvent event) {
    return event instanceof RunEvent.MetricsRecorded recorded ? recorded.frame().until() : -1;
  }
}
