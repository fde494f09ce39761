package io.saltus.bench.series;

import io.saltus.app.report.RunSeries;
import io.saltus.app.report.Series;
import io.saltus.bench.Ratio;
import io.saltus.bench.ground.Median;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import io.saltus.persistence.runs.RunReader;
import io.saltus.persistence.runs.StepRange;
import io.saltus.persistence.series.SeriesIndexes;
import io.saltus.persistence.series.ThinnedSeries;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * Ten million points in a run: the overview and closer looks with the downsampling index and
 * without it, from a fresh view of the journal to the points; what the index takes to make and to
 * keep.
 */
public final class SeriesBench {

  private static final int OVERVIEW_POINTS = 1_000;
  private static final int PAGE_POINTS = 2_000;
  private static final int TIMES = 15;
  private static final int TIMES_WITHOUT = 3;
  private static final double MEBI = 1 << 20;

  private final RocksStore store;
  private final SeriesIndexes indexes;
  private final List<Ratio> ratios = new ArrayList<>();

  private SeriesBench(RocksStore store, SeriesIndexes indexes) {
    this.store = store;
    this.indexes = indexes;
  }

  /** Measures; of seconds and bytes less is better, so what is allowed stands above. */
  public static List<Ratio> run(Path scratch) throws Exception {
    try (HomeLock lock = Home.at(scratch.resolve("home")).lockForWriting("bench series");
        RocksStore store =
            RocksStore.open(lock.home().journal(), StoreOptions.defaults(), Clock.systemUTC())) {
      LongRun.write(store);
      SeriesBench bench = new SeriesBench(store, SeriesIndexes.of(lock.home()));
      bench.build(lock.home());
      bench.ask();
      return bench.ratios;
    }
  }

  private void build(Home home) throws Exception {
    long before = heapAfterCollection();
    resetPeaks();
    long begin = System.nanoTime();
    try (JournalReader journal = store.reader()) {
      indexes.bringUpToDate(journal, LongRun.RUN, SeriesIndexes.Limits.DEFAULT, () -> true);
    }
    ratios.add(allowed("index of 10⁷ points made, seconds", "s", 60, seconds(begin)));
    System.err.printf(
        Locale.ROOT,
        "bench: heap before %.0f MiB, highest while the index was made %.0f MiB%n",
        before / MEBI,
        peak() / MEBI);
    ratios.add(
        allowed(
            "size of the index, MiB",
            "MiB",
            size(home.journal()) / MEBI,
            size(home.series()) / MEBI));
  }

  private void ask() {
    StepRange narrow = new StepRange(500_017, 510_016);
    StepRange wide = new StepRange(300_001, 700_000);
    compare("overview of 10⁷ points by 1,000", StepRange.ALL, OVERVIEW_POINTS, 1);
    compare("overview by 2,000, as the page asks", StepRange.ALL, PAGE_POINTS, 1);
    compare("closer look at 4·10⁵ steps by 2,000", wide, PAGE_POINTS, 0.2);
    compare("closer look at 10⁴ steps by 2,000", narrow, PAGE_POINTS, 0.2);
    compare("closer look at 10⁴ steps, every value", narrow, 10_000, 0.2);
  }

  private void compare(String what, StepRange range, int points, double allowed) {
    double with = median(TIMES, () -> with(range, points));
    double without = median(TIMES_WITHOUT, () -> without(range, points));
    ratios.add(allowed(what + ", seconds", "s", allowed, with));
    ratios.add(new Ratio(what, "/s", 1 / with, "all frames of the range read", 1 / without, 1));
  }

  /** Of so many, after one that does not count. */
  private static double median(int times, IntSupplier asked) {
    double[] seconds = new double[times];
    for (int i = -1; i < times; i++) {
      long begin = System.nanoTime();
      if (asked.getAsInt() == 0) {
        throw new IllegalStateException("there was no answer");
      }
      seconds[Math.max(0, i)] = seconds(begin);
    }
    return Median.of(seconds);
  }

  private int with(StepRange range, int points) {
    try (JournalReader journal = store.reader()) {
      return indexes
          .thinned(journal, LongRun.RUN, LongRun.METRICS, range, LongRun.STEPS - 1, points)
          .map(answer -> answer.stream().map(ThinnedSeries::points).mapToInt(List::size).sum())
          .orElse(0);
    }
  }

  private int without(StepRange range, int points) {
    try (JournalReader journal = store.reader()) {
      List<Series> series =
          new RunSeries(LongRun.METRICS, range, OptionalInt.empty(), OptionalLong.empty())
              .read(new RunReader(journal), LongRun.RUN, Long.MAX_VALUE);
      return series.stream().map(each -> each.reduced(points)).mapToInt(Series::size).sum();
    }
  }

  private static Ratio allowed(String what, String unit, double allowed, double measured) {
    return new Ratio(what + " allowed", unit, allowed, "measured", measured, 1);
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private static long size(Path root) throws Exception {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static long heapAfterCollection() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void resetPeaks() {
    ManagementFactory.getMemoryPoolMXBeans().forEach(pool -> pool.resetPeakUsage());
  }

  private static long peak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }
}
