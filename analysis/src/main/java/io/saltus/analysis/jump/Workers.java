package io.saltus.analysis.jump;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;

/**
 * What computes replicates on threads: each result stands at its own index, and a replicate depends
 * on nothing but its index, so that their number changes nothing.
 */
final class Workers {

  private static final int STRETCH = 50;

  /** Some replicates, one after the other. */
  @FunctionalInterface
  private interface Stretch extends Callable<Boolean> {
    @Override
    Boolean call();
  }

  private final Optional<ExecutorService> executor;

  /**
   * @param executor stays the caller's to shut down; none: the caller's thread does it all
   */
  Workers(Optional<ExecutorService> executor) {
    this.executor = executor;
  }

  /**
   * The results from one index to another, last excluded.
   *
   * @param work makes what computes one stretch of replicates, with room of its own
   */
  double[] compute(int from, int until, Supplier<IntToDoubleFunction> work) {
    double[] results = new double[until - from];
    List<Stretch> tasks = new ArrayList<>();
    for (int begin = from; begin < until; begin += STRETCH) {
      int first = begin;
      tasks.add(
          () -> {
            IntToDoubleFunction replicate = work.get();
            for (int b = first; b < Math.min(until, first + STRETCH); b++) {
              results[b - from] = replicate.applyAsDouble(b);
            }
            return true;
          });
    }
    await(tasks);
    return results;
  }

  private void await(List<Stretch> tasks) {
    if (executor.isEmpty()) {
      tasks.forEach(Stretch::call);
      return;
    }
    try {
      for (Future<Boolean> done : executor.get().invokeAll(tasks)) {
        done.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the analysis was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a replicate failed", e.getCause());
    }
  }
}
