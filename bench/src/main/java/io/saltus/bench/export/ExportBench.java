package io.saltus.bench.export;

import com.sun.management.OperatingSystemMXBean;
import io.saltus.app.export.CsvExport;
import io.saltus.app.export.JsonlExport;
import io.saltus.app.export.RunExport;
import io.saltus.app.export.TensorBoardExport;
import io.saltus.app.sql.ParquetExport;
import io.saltus.app.sql.QueryDatabase;
import io.saltus.bench.Ratio;
import io.saltus.experiment.RunId;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import io.saltus.persistence.runs.RunReader;
import java.io.BufferedWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Ten metrics of a million steps, journalled as an imported run, written in every format; and a
 * database of 100,000 points for SQL, from the journal to the answer of the first query.
 */
public final class ExportBench {

  private static final RunId LONG = new RunId("long");
  private static final RunId SHORT = new RunId("short");
  private static final int METRICS = 10;
  private static final long STEPS = 1_000_000;
  private static final long FEW_STEPS = 10_000;
  private static final double PARQUET_SECONDS = 15;
  private static final double TENSORBOARD_SECONDS = 30;
  private static final double TEXT_SECONDS = 60;
  private static final double SQL_SECONDS = 2;

  private ExportBench() {}

  /** Measures seconds; of them less is better, so what is allowed stands above. */
  public static List<Ratio> run(Path scratch) throws Exception {
    List<Ratio> ratios = new ArrayList<>();
    try (HomeLock lock = Home.at(scratch.resolve("home")).lockForWriting("bench export");
        RocksStore store =
            RocksStore.open(lock.home().journal(), StoreOptions.defaults(), Clock.systemUTC())) {
      ForeignPoints.write(store, LONG, METRICS, STEPS, ExportBench::any);
      ForeignPoints.write(store, SHORT, METRICS, FEW_STEPS, ExportBench::any);
      try (JournalReader journal = store.reader()) {
        RunReader runs = new RunReader(journal);
        ratios.add(
            directory(
                "10⁷ points to Parquet",
                PARQUET_SECONDS,
                new ParquetExport((run, status) -> status.text()),
                runs,
                scratch.resolve("parquet")));
        ratios.add(
            directory(
                "10⁷ points to event files",
                TENSORBOARD_SECONDS,
                new TensorBoardExport(),
                runs,
                scratch.resolve("tensorboard")));
        ratios.add(text("10⁷ points to CSV", new CsvExport(), runs, scratch.resolve("csv")));
        ratios.add(
            text("10⁷ points to JSON Lines", new JsonlExport(), runs, scratch.resolve("jsonl")));
        ratios.add(sql(runs));
      }
    }
    return ratios;
  }

  private static float any(SplittableRandom random, int metric, long step) {
    return (float) random.nextDouble();
  }

  private static Ratio directory(
      String what, double allowed, RunExport<Path> export, RunReader runs, Path to)
      throws Exception {
    Files.createDirectories(to);
    Begin begin = Begin.now();
    export.write(runs, List.of(LONG), to);
    return ratio(what, allowed, begin);
  }

  private static Ratio text(String what, RunExport<Appendable> export, RunReader runs, Path to)
      throws Exception {
    Begin begin = Begin.now();
    try (BufferedWriter out = Files.newBufferedWriter(to)) {
      export.write(runs, List.of(LONG), out);
    }
    return ratio(what, TEXT_SECONDS, begin);
  }

  private static Ratio sql(RunReader runs) throws Exception {
    Begin begin = Begin.now();
    try (QueryDatabase database =
        QueryDatabase.of(runs, List.of(SHORT), (run, status) -> status.text(), () -> true)) {
      database.run(
          "SELECT metric, max(value) FROM metrics GROUP BY metric",
          (rows, wanted) -> {
            while (rows.next()) {
              rows.getDouble(2);
            }
          });
      return ratio("SQL over 10⁵ points, from the journal to the answer", SQL_SECONDS, begin);
    }
  }

  /** Processor time says more than the clock on a busy machine, so it is said beside. */
  private static Ratio ratio(String what, double allowed, Begin begin) {
    double seconds = (System.nanoTime() - begin.nanos()) / 1e9;
    System.err.printf(
        Locale.ROOT,
        "bench: %s: %.1f s, %.1f s of processor time%n",
        what,
        seconds,
        (Begin.now().processor() - begin.processor()) / 1e9);
    return new Ratio(what + ", seconds allowed", "s", allowed, "once", seconds, 1);
  }

  /** Nanoseconds by the clock, and of all processors together. */
  private record Begin(long nanos, long processor) {

    static Begin now() {
      return new Begin(
          System.nanoTime(),
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime());
    }
  }
}
