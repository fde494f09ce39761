package io.saltus.bench.judge.speed;

import static io.saltus.bench.judge.ground.Table.met;
import static io.saltus.bench.judge.ground.Table.number;

import io.saltus.bench.judge.ground.JudgeOptions;
import io.saltus.bench.judge.ground.Part;
import io.saltus.bench.judge.ground.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Times by JMH, each in a JVM of its own, on one thread; the whole run by the clock, in this one.
 */
public final class SpeedPart implements Part {

  /** Asked milliseconds for a search, by length. */
  private static final Map<Integer, Double> ASKED_MS =
      Map.of(100_000, 50.0, 1_000_000, 1_000.0, 10_000_000, 15_000.0);

  private static final int[] LENGTHS = {1_000, 10_000, 100_000, 1_000_000, 10_000_000};
  private static final int MOST_QUADRATIC = 10_000;
  private static final int MOST_PELT = 1_000_000;
  private static final double ASKED_FOCUS = 5e6;
  private static final double NO_BYTES = 0.01;
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  @Override
  public List<String> judge(JudgeOptions options, Consumer<String> say) throws Exception {
    List<String> lines = new ArrayList<>(searches(options.largest(), say).lines());
    lines.add("");
    lines.addAll(detectors(say).lines());
    lines.add("");
    lines.addAll(WholeRun.table(say).lines());
    return lines;
  }

  private static Table searches(int largest, Consumer<String> say) throws RunnerException {
    Table table =
        Table.of(
            "n",
            "signal",
            "`mean`, ms",
            "whole report, ms",
            "PELT, ms",
            "plain, ms",
            "asked of `mean`",
            "met");
    for (int n : Arrays.stream(LENGTHS).filter(each -> each <= largest).toArray()) {
      for (Signal signal : Signal.values()) {
        say.accept("speed: n = %,d, %s".formatted(n, signal.words()));
        double ours = milliseconds("search", n, signal);
        Double asked = ASKED_MS.get(n);
        boolean isDense = signal == Signal.MANY && n <= MOST_PELT;
        table.row(
            "%,d".formatted(n),
            signal.words(),
            number(ours, 2),
            number(milliseconds("report", n, signal), 2),
            n <= MOST_QUADRATIC || isDense ? number(milliseconds("pelt", n, signal), 2) : "–",
            n <= MOST_QUADRATIC ? number(milliseconds("plain", n, signal), 2) : "–",
            asked == null ? "–" : "< %,.0f".formatted(asked),
            asked == null ? "–" : met(ours < asked));
      }
    }
    return table;
  }

  private static double milliseconds(String search, int n, Signal signal) throws RunnerException {
    return run(base(MeanSearch.class, search)
            .param("n", Integer.toString(n))
            .param("signal", signal.name()))
        .getPrimaryResult()
        .getScore();
  }

  private static Table detectors(Consumer<String> say) throws RunnerException {
    Table table = Table.of("detector", "observations/s", "bytes each", "asked", "met");
    detector(table, say, "FOCuS", "focus", ASKED_FOCUS);
    detector(table, say, "`ChangeWatch`, all that the monitor does", "changeWatch", 0);
    detector(table, say, "Bayesian run lengths, cap %,d".formatted(Watching.CAP), "runLengths", 0);
    return table;
  }

  private static void detector(
      Table table, Consumer<String> say, String words, String method, double asked)
      throws RunnerException {
    say.accept("speed: " + words);
    RunResult result = run(base(Watching.class, method).addProfiler(GCProfiler.class));
    double rate = result.getPrimaryResult().getScore();
    double bytes = allocated(result);
    table.row(
        words,
        number(rate, 0),
        number(bytes, 4),
        asked == 0 ? "–" : "≥ %,.0f, none".formatted(asked),
        asked == 0 ? "–" : met(rate >= asked && bytes < NO_BYTES));
  }

  @SuppressWarnings("rawtypes") // as JMH hands them out
  private static double allocated(RunResult result) {
    for (Map.Entry<String, Result> each : result.getSecondaryResults().entrySet()) {
      if (each.getKey().endsWith(ALLOCATED)) {
        return each.getValue().getScore();
      }
    }
    return Double.NaN;
  }

  private static ChainedOptionsBuilder base(Class<?> benchmarks, String method) {
    return new OptionsBuilder()
        .include("^" + benchmarks.getName().replace(".", "\\.") + "\\." + method + "$")
        .forks(1)
        .threads(1)
        .warmupIterations(2)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(3)
        .measurementTime(TimeValue.seconds(1))
        .jvmArgs("-Xmx3g", "-XX:+UseSerialGC")
        .verbosity(VerboseMode.SILENT);
  }

  private static RunResult run(ChainedOptionsBuilder options) throws RunnerException {
    Collection<RunResult> results = new Runner(options.shouldFailOnError(true).build()).run();
    return results.iterator().next();
  }
}
