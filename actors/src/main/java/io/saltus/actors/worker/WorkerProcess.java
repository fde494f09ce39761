package io.saltus.actors.worker;

import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.session.SessionLostException;
import io.saltus.persistence.worker.WorkerMessage;
import io.saltus.persistence.worker.WorkerReply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A child process that serves one session. Frames go over descriptor 3 of the child, so that what a
 * JVM or native code prints never mixes with them: that is standard error, of which the end is
 * kept. The child has a session of its own, out of reach of a terminal's ctrl-C, and ends by itself
 * when its standard input does. Used by one thread at a time.
 */
final class WorkerProcess implements AutoCloseable {

  // The shell and setsid become the program one after the other, so the process is always the
  // child.
  private static final String START = "exec 3>&1 1>&2; exec setsid \"$@\"";
  private static final int QUEUE = 4;
  private static final long LAST_WORDS_MILLIS = 5_000;

  private final Process process;
  private final WorkerChannel channel;
  private final ErrorTail errors = new ErrorTail();
  private final Thread errorReader;
  private final BlockingQueue<Received> received = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicLong lastSign;
  private final WorkerLimits limits;
  private final LongSupplier nanoTime;
  private final OutOfMemoryKills kills;
  private final long killsBefore;
  private volatile boolean answered;

  /** A message, the end of the stream, or what is wrong with it. */
  private record Received(@Nullable WorkerMessage message, @Nullable String flaw) {}

  private WorkerProcess(
      Process process, WorkerLimits limits, LongSupplier nanoTime, OutOfMemoryKills kills) {
    this.process = process;
    this.channel = new WorkerChannel(process.getInputStream(), process.getOutputStream());
    this.limits = limits;
    this.nanoTime = nanoTime;
    this.lastSign = new AtomicLong(nanoTime.getAsLong());
    this.kills = kills;
    this.killsBefore = kills.count();
    this.errorReader = daemon(this::drainErrors, "saltus-worker-errors");
    daemon(this::read, "saltus-worker-replies");
  }

  /**
   * Starts a child.
   *
   * @param command the program and its arguments
   * @param nanoTime a clock that only goes forward
   * @throws IOException when it cannot be started
   */
  static WorkerProcess start(
      List<String> command, WorkerLimits limits, LongSupplier nanoTime, OutOfMemoryKills kills)
      throws IOException {
    List<String> whole = new ArrayList<>(List.of("sh", "-c", START, "sh"));
    whole.addAll(command);
    return new WorkerProcess(new ProcessBuilder(whole).start(), limits, nanoTime, kills);
  }

  /** Its process id. */
  long pid() {
    return process.pid();
  }

  /** The child as the system knows it. */
  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Whether it runs, and has given a sign of life, or begun, in so short a time. */
  boolean alive(Duration within) {
    return process.isAlive() && nanoTime.getAsLong() - lastSign.get() < within.toNanos();
  }

  /** What it wrote last to standard error; once it has ended, all that it will ever have. */
  String errors() {
    try {
      if (!process.isAlive()) {
        errorReader.join(LAST_WORDS_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return errors.text();
  }

  /** What is said to the child. */
  @FunctionalInterface
  interface Saying {
    /** Says it. */
    void to(WorkerChannel channel) throws IOException;
  }

  /**
   * Says something, which a child that reads nothing holds up: then it is killed.
   *
   * @param patience nanoseconds
   * @throws SessionLostException when it read nothing in that time
   * @throws IOException when the child is gone, or it cannot be said
   */
  void send(Saying saying, long patience) throws IOException {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    CompletableFuture<Void> unused =
        sent.orTimeout(patience, TimeUnit.NANOSECONDS)
            .whenComplete(
                (said, tooLong) -> {
                  if (tooLong != null) {
                    process.destroyForcibly();
                  }
                });
    try {
      saying.to(channel);
    } catch (IOException e) {
      if (sent.isCompletedExceptionally()) {
        throw new SessionLostException(
            AttemptEnd.HUNG, "the worker read nothing of what it was asked, and was killed.");
      }
      throw e;
    } finally {
      sent.complete(null);
    }
  }

  /**
   * Waits for the next message that is not a sign of life.
   *
   * @param patience nanoseconds in which it must come; time in which this process itself stood
   *     still does not count
   * @throws SessionLostException when the child is gone, hangs or says what makes no sense; it is
   *     killed then
   */
  WorkerMessage await(long patience) {
    long left = patience;
    long tick = limits.tick().toNanos();
    try {
      while (left > 0) {
        long before = nanoTime.getAsLong();
        Received next = received.poll(Math.min(tick, left), TimeUnit.NANOSECONDS);
        left -= Math.min(nanoTime.getAsLong() - before, 2 * tick);
        if (next != null) {
          WorkerMessage message =
              Optional.ofNullable(next.message()).orElseThrow(() -> lost(next.flaw()));
          answered = true;
          return message;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill();
      throw new SessionLostException(
          AttemptEnd.INTERRUPTED, "the thread that waited for the worker was interrupted.");
    }
    String signs = alive(Duration.ofNanos(patience / 2)) ? "still gave" : "gave no";
    kill();
    throw new SessionLostException(
        AttemptEnd.HUNG,
        "the worker gave no answer for "
            + TimeUnit.NANOSECONDS.toSeconds(patience)
            + " s and was killed; it "
            + signs
            + " signs of life.");
  }

  /** Why the child cannot be talked to any more; waits until it is gone. */
  SessionLostException lost(@Nullable String flaw) {
    if (flaw != null) {
      kill();
      return new SessionLostException(
          AttemptEnd.EXCEPTION, "the worker was killed because it made no sense: " + flaw);
    }
    try {
      if (!process.waitFor(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS)) {
        kill();
        return new SessionLostException(
            AttemptEnd.EXCEPTION, "the worker closed its pipe and did not end; it was killed.");
      }
      errorReader.join(LAST_WORDS_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill();
    }
    int status = kill();
    WorkerEnd end = WorkerEnd.of(status, errors(), kills.count() - killsBefore);
    WorkerEnd told = answered ? end : StartFailure.of(end, status, errors());
    return new SessionLostException(told.cause(), told.message());
  }

  /** Ends the child at once and waits for it. */
  @Override
  public void close() {
    kill();
  }

  private int kill() {
    process.destroyForcibly();
    return process.onExit().join().exitValue();
  }

  private void read() {
    try {
      try {
        Optional<WorkerMessage> next = channel.receive();
        while (next.isPresent()) {
          if (next.get() instanceof WorkerReply.Alive) {
            lastSign.set(nanoTime.getAsLong());
          } else {
            received.put(new Received(next.get(), null));
          }
          next = channel.receive();
        }
        received.put(new Received(null, null));
      } catch (IOException e) {
        // A frame that was cut short by the child's end says nothing beyond that end.
        boolean ended = process.waitFor(1, TimeUnit.SECONDS);
        received.put(new Received(null, ended ? null : e.getMessage()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void drainErrors() {
    try {
      errors.drain(process.getErrorStream());
    } catch (IOException e) {
      // The pipe broke with the process; what came before is kept.
      return;
    }
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
