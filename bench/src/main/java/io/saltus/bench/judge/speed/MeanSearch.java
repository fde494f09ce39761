package io.saltus.bench.judge.speed;

import io.saltus.analysis.change.ChangeDetection;
import io.saltus.analysis.change.ChangeModel;
import io.saltus.analysis.change.ChangeReport;
import io.saltus.analysis.change.InnerSearches;
import io.saltus.analysis.change.MeanChanges;
import io.saltus.analysis.change.Segmentation;
import io.saltus.bench.judge.exactness.PlainPartitioning;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Changes of the mean with the default penalty: ours, and what it is held against. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class MeanSearch {

  /** Kind of the series. */
  @Param public Signal signal = Signal.NONE;

  /** Length of the series. */
  @Param("1000")
  public int n;

  private double[] values = {};
  private double penalty;

  /** Makes the series. */
  @Setup
  public void prepare() {
    values = signal.values(n);
    penalty = ChangeDetection.of(values, ChangeModel.MEAN, 1).defaultPenalty();
  }

  /** The search alone. */
  @Benchmark
  public Segmentation search() {
    return MeanChanges.of(values, 1).penalised(penalty);
  }

  /** With the estimate of the noise, the dates' intervals and the segments. */
  @Benchmark
  public ChangeReport report() {
    ChangeDetection detection = ChangeDetection.of(values, ChangeModel.MEAN, 1);
    return detection.penalised(detection.defaultPenalty());
  }

  /** The same optimum by PELT. */
  @Benchmark
  public Segmentation pelt() {
    return InnerSearches.pelt(values, penalty);
  }

  /** The same optimum by plain optimal partitioning, its sums prepared. */
  @Benchmark
  public PlainPartitioning plain() {
    double[] sums = new double[n + 1];
    double[] squares = new double[n + 1];
    for (int i = 0; i < n; i++) {
      sums[i + 1] = sums[i] + values[i];
      squares[i + 1] = squares[i] + values[i] * values[i];
    }
    return PlainPartitioning.of(
        (from, until) -> {
          double sum = sums[until] - sums[from];
          return Math.max(0, squares[until] - squares[from] - sum * sum / (until - from));
        },
        n,
        penalty,
        1);
  }
}
