package io.saltus.actors;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which sessions compute: one per session, so that a session is always used by the
 * same thread and a stuck one holds up nobody else.
 */
final class SessionThreads implements AutoCloseable {

  /** Opening, two chunks or a return to the beginning, a copy of the state, and closing. */
  private static final int QUEUE = 8;

  private final ThreadFactory factory;
  private final Duration patience;
  private final Set<ExecutorService> open = ConcurrentHashMap.newKeySet();

  /**
   * @param patience how long {@link #close} waits in all
   */
  SessionThreads(ThreadFactory factory, Duration patience) {
    this.factory = factory;
    this.patience = patience;
  }

  /** Daemon threads, named for what they do. */
  static ThreadFactory daemons() {
    return task -> {
      Thread thread = new Thread(task, "saltus-session");
      thread.setDaemon(true);
      return thread;
    };
  }

  /** A thread for one session, with a queue of eight tasks; shut down by who asked for it. */
  ExecutorService one() {
    open.removeIf(ExecutorService::isTerminated);
    ExecutorService thread =
        new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), factory);
    open.add(thread);
    return thread;
  }

  /** Waits for the threads to end; one that is stuck in native code is left behind. */
  @Override
  public void close() {
    open.forEach(ExecutorService::shutdown);
    boolean interrupted = false;
    for (ExecutorService thread : open) {
      try {
        if (!thread.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS)) {
          thread.shutdownNow();
        }
      } catch (InterruptedException e) {
        interrupted = true;
        thread.shutdownNow();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
