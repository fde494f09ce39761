package io.saltus.app.server.api;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that answer: few, because they share the machine with training, and with short
 * queues, so that who asks too much is told at once. Those that read much keep none of the others
 * waiting.
 */
final class Workers implements AutoCloseable {

  private final ThreadPoolExecutor reading = pool("saltus-http-reading", 3, 512);
  private final ThreadPoolExecutor muchReading = pool("saltus-http-much", 2, 64);
  private final ThreadPoolExecutor changing = pool("saltus-http-changing", 4, 64);
  private final ThreadPoolExecutor recording = pool("saltus-http-recording", 2, 128);
  private final ThreadPoolExecutor streams = pool("saltus-http-streams", 2, 4_096);

  private final ThreadPoolExecutor analyses = pool("saltus-http-analyses", 1, 32);

  private static ThreadPoolExecutor pool(String name, int threads, int waiting) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waiting),
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  Executor of(Route.Work work) {
    return switch (work) {
      case NONE -> Runnable::run;
      case READING -> reading;
      case MUCH_READING -> muchReading;
      case CHANGING -> changing;
      case RECORDING -> recording;
    };
  }

  Executor analyses() {
    return analyses;
  }

  Executor streams() {
    return streams;
  }

  /** Waits for what is being done: nothing may read a journal that is closed. */
  @Override
  public void close() {
    List<ThreadPoolExecutor> all =
        List.of(reading, muchReading, changing, recording, streams, analyses);
    analyses.getQueue().clear();
    all.forEach(ThreadPoolExecutor::shutdown);
    boolean interrupted = false;
    for (ThreadPoolExecutor pool : all) {
      while (!pool.isTerminated()) {
        try {
          pool.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
