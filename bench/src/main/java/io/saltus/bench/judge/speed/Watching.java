package io.saltus.bench.judge.speed;

import io.saltus.analysis.online.ChangeWatch;
import io.saltus.analysis.online.Focus;
import io.saltus.analysis.online.RunLengths;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Observations per second of the online detectors, on noise without a change. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class Watching {

  static final int MANY = 1_000_000;
  static final int FEWER = 10_000;
  static final int CAP = 1_000;

  private static final double SEGMENT = 10_000;

  private final double[] values = Signal.NONE.values(MANY);
  private final Focus focus = new Focus();
  private ChangeWatch watch = ChangeWatch.create();
  private final RunLengths runLengths = RunLengths.create(CAP, SEGMENT);
  private long step;

  /** The watch begins anew with each iteration; it knows no restart. */
  @Setup(Level.Iteration)
  public void begin() {
    watch = ChangeWatch.create();
    step = 0;
  }

  /** A million observations, from the first on. */
  @Benchmark
  @OperationsPerInvocation(MANY)
  public double focus() {
    focus.restart();
    double last = 0;
    for (double value : values) {
      last = focus.observe(value);
    }
    return last;
  }

  /** A million observations more. */
  @Benchmark
  @OperationsPerInvocation(MANY)
  public void changeWatch(Blackhole hole) {
    for (double value : values) {
      hole.consume(watch.observe(step++, value));
    }
  }

  /** Ten thousand observations more; all run lengths up to the cap are held from the first on. */
  @Benchmark
  @OperationsPerInvocation(FEWER)
  public double runLengths() {
    for (int i = 0; i < FEWER; i++) {
      runLengths.observe(values[i]);
    }
    return runLengths.probability(0);
  }
}
