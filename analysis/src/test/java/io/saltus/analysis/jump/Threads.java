package io.saltus.analysis.jump;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads for tests, which end with the process. */
final class Threads {

  private Threads() {}

  static ExecutorService of(int count) {
    return Executors.newFixedThreadPool(
        count,
        task -> {
          Thread thread = new Thread(task, "analysis-test");
          thread.setDaemon(true);
          return thread;
        });
  }
}
