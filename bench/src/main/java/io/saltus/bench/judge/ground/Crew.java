package io.saltus.bench.judge.ground;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Numbered pieces of work on a few threads; each depends on its number alone. */
public record Crew(int jobs, Consumer<String> say) {

  private static final int TENTH = 10;

  /**
   * Does all pieces.
   *
   * @param what they are, for the progress
   * @return their results in order
   */
  public <T> List<T> all(String what, int count, IntFunction<T> work) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(jobs);
    AtomicInteger done = new AtomicInteger();
    try {
      List<Future<T>> pending = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        pending.add(
            threads.submit(
                () -> {
                  T result = work.apply(number);
                  progress(what, done.incrementAndGet(), count);
                  return result;
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> each : pending) {
        results.add(each.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IllegalStateException(what + " could not be judged", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private void progress(String what, int done, int count) {
    int tenth = Math.max(1, count / TENTH);
    if (done % tenth == 0) {
      say.accept("%s: %d of %d".formatted(what, done, count));
    }
  }
}
