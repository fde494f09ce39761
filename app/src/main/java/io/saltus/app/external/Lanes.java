package io.saltus.app.external;

import io.saltus.actors.RefusedException;
import io.saltus.experiment.RunId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Has what is asked of one run done one after the other, and of several at once, on few threads and
 * taking turns. How much waits is bounded; runs that nobody asks about are put away.
 */
final class Lanes implements AutoCloseable {

  private static final int THREADS = 8;
  private static final int MOST_OF_ONE = 32;
  private static final int MOST_OF_ALL = 128;
  private static final int MOST_OPEN = 256;
  private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final Function<RunId, OpenRun> opening;
  private final LongSupplier nanoTime;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          10,
          TimeUnit.SECONDS,
          // A lane with work stands in it once.
          new ArrayBlockingQueue<>(MOST_OF_ALL + THREADS),
          task -> {
            Thread thread = new Thread(task, "saltus-external");
            thread.setDaemon(true);
            return thread;
          });
  // In the order of their last use; guarded by this, as is all that stands in a lane but the run.
  private final Map<RunId, Lane> lanes = new LinkedHashMap<>(16, 0.75f, true);
  private int waiting;
  private boolean closed;

  /** What waits for a run. Its writer is touched by the one thread that is at work on it. */
  private static final class Lane {
    private final RunId id;
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private Optional<OpenRun> run = Optional.empty();
    private boolean busy;
    private long lastUse;

    Lane(RunId id) {
      this.id = id;
    }
  }

  /**
   * @param opening takes a run up; its exceptions are those of what was asked for
   * @param nanoTime a monotonic clock in nanoseconds
   */
  Lanes(Function<RunId, OpenRun> opening, LongSupplier nanoTime) {
    this.opening = opening;
    this.nanoTime = nanoTime;
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Has something done with a run when it is its turn.
   *
   * @param last whether nobody may do anything with the same writer afterwards
   * @return completed by a thread that may block
   * @throws BusyException when too much waits already
   */
  synchronized <R> CompletableFuture<R> submit(RunId run, boolean last, Function<OpenRun, R> work) {
    if (closed) {
      throw new RefusedException("the home is being closed");
    }
    if (waiting >= MOST_OF_ALL) {
      throw new BusyException("too much waits to be recorded: the server. Send it again.");
    }
    Lane lane = lanes.computeIfAbsent(run, Lane::new);
    if (lane.tasks.size() >= MOST_OF_ONE) {
      throw new BusyException("too much waits for " + run + ": the run. Send it again.");
    }
    CompletableFuture<R> done = new CompletableFuture<>();
    lane.tasks.add(() -> perform(lane, last, work, done));
    waiting++;
    if (!lane.busy) {
      lane.busy = true;
      threads.execute(() -> turn(lane));
    }
    lane.lastUse = nanoTime.getAsLong();
    putAway(lane.lastUse);
    return done;
  }

  /** One task, so that a run with many lets the others have their turn. */
  private void turn(Lane lane) {
    next(lane).run();
    goOn(lane);
  }

  private synchronized Runnable next(Lane lane) {
    waiting--;
    return lane.tasks.remove();
  }

  private synchronized void goOn(Lane lane) {
    lane.busy = !lane.tasks.isEmpty();
    if (lane.busy) {
      threads.execute(() -> turn(lane));
    } else {
      notifyAll();
    }
  }

  private <R> void perform(
      Lane lane, boolean last, Function<OpenRun, R> work, CompletableFuture<R> done) {
    R result;
    try {
      OpenRun run = lane.run.orElseGet(() -> opening.apply(lane.id));
      lane.run = Optional.of(run);
      result = work.apply(run);
    } catch (RefusedException refused) {
      done.completeExceptionally(refused);
      return;
    } catch (RuntimeException | Error failure) {
      // What is in memory may be ahead of the journal: the next one begins with that.
      lane.run = Optional.empty();
      done.completeExceptionally(failure);
      return;
    }
    if (last) {
      lane.run = Optional.empty();
    }
    done.complete(result);
  }

  private void putAway(long now) {
    Iterator<Lane> eldest = lanes.values().iterator();
    boolean more = true;
    while (more && eldest.hasNext()) {
      Lane lane = eldest.next();
      more = lanes.size() > MOST_OPEN || now - lane.lastUse > IDLE_NANOS;
      if (more && !lane.busy) {
        eldest.remove();
      }
    }
  }

  /** How many runs are at hand, for tests. */
  synchronized int size() {
    return lanes.size();
  }

  /** Does what waits, and ends. */
  @Override
  public synchronized void close() {
    closed = true;
    boolean interrupted = false;
    while (lanes.values().stream().anyMatch(lane -> lane.busy)) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    threads.shutdown();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
