package io.saltus.bench.judge.speed;

import static io.saltus.bench.judge.ground.Table.met;
import static io.saltus.bench.judge.ground.Table.number;

import io.saltus.analysis.jump.JumpAnalysis;
import io.saltus.analysis.jump.JumpSettings;
import io.saltus.analysis.jump.MetricKind;
import io.saltus.analysis.jump.MetricSeries;
import io.saltus.analysis.jump.RunContext;
import io.saltus.bench.judge.ground.NoiseSource;
import io.saltus.bench.judge.ground.Table;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** All that is done for the jumps of a run of a million steps with eight metrics. */
final class WholeRun {

  private static final int STEPS = 1_000_000;
  private static final int SHORTER = 100_000;
  private static final int METRICS = 8;
  private static final int ROUNDS = 3;
  private static final double ASKED_SECONDS = 5;
  private static final double MEBI = 1 << 20;

  private WholeRun() {}

  static Table table(Consumer<String> say) {
    Table table =
        Table.of("a run of", "threads", "median of 3, s", "highest heap, MiB", "asked", "met");
    for (int steps : new int[] {SHORTER, STEPS}) {
      List<MetricSeries> run = run(steps);
      for (int threads : new int[] {2, 1}) {
        say.accept("speed: a run of %,d steps, %d threads".formatted(steps, threads));
        row(table, run, steps, threads);
      }
    }
    return table;
  }

  private static void row(Table table, List<MetricSeries> run, int steps, int threads) {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      seconds(run, executor);
      double[] seconds = new double[ROUNDS];
      System.gc();
      pools().forEach(MemoryPoolMXBean::resetPeakUsage);
      for (int round = 0; round < ROUNDS; round++) {
        seconds[round] = seconds(run, executor);
      }
      Arrays.sort(seconds);
      double median = seconds[ROUNDS / 2];
      double heap = pools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() / MEBI;
      boolean isAsked = steps == STEPS && threads == 2;
      table.row(
          "%,d steps × %d metrics".formatted(steps, METRICS),
          threads,
          number(median, 2),
          number(heap, 0),
          isAsked ? "≤ 5 s" : "–",
          isAsked ? met(median <= ASKED_SECONDS) : "–");
    } finally {
      executor.shutdownNow();
    }
  }

  private static double seconds(List<MetricSeries> run, ExecutorService executor) {
    long begin = System.nanoTime();
    JumpAnalysis.with(JumpSettings.DEFAULT, executor).analyse(run, RunContext.NONE);
    return (System.nanoTime() - begin) / 1e9;
  }

  private static List<MemoryPoolMXBean> pools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  /** Half of the metrics are accuracies with a jump or without, half are losses. */
  private static List<MetricSeries> run(int count) {
    double[] steps = new double[count];
    Arrays.setAll(steps, i -> i + 1);
    List<MetricSeries> run = new ArrayList<>();
    for (int metric = 0; metric < METRICS; metric++) {
      boolean isLoss = metric % 2 == 1;
      double jump = metric < METRICS / 2 ? 0.5 : 0;
      NoiseSource noise = new NoiseSource(new SplittableRandom(metric), 0.5, false);
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        double x = Math.log10(i + 1.0);
        double rise = jump / (1 + Math.exp((3 - x) * 4.394 / 0.2));
        double share = 0.4 - 0.3 * Math.pow(10, -0.4 * x) + rise + 0.02 * noise.next();
        values[i] = isLoss ? Math.pow(10, -share) : share;
      }
      MetricKind kind = isLoss ? MetricKind.LOSS : MetricKind.ACCURACY;
      run.add(new MetricSeries("metric-" + metric, steps, values, kind, 0));
    }
    return run;
  }
}
