package io.saltus.app.jumps;

import io.saltus.analysis.jump.JumpAnalysis;
import io.saltus.analysis.jump.JumpSettings;
import io.saltus.analysis.jump.MetricSeries;
import io.saltus.analysis.jump.RunContext;
import io.saltus.experiment.RunId;
import io.saltus.experiment.metric.MetricName;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.runs.RunReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Looks for jumps in the series of recorded runs, on all processors. */
public final class JumpFinder implements AutoCloseable {

  private final ExecutorService executor;

  private JumpFinder(ExecutorService executor) {
    this.executor = executor;
  }

  /** Starts its threads, which end with {@link #close} and keep no process alive. */
  public static JumpFinder start() {
    return new JumpFinder(
        Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            task -> {
              Thread thread = new Thread(task, "jumps");
              thread.setDaemon(true);
              return thread;
            }));
  }

  /**
   * Analyses a run as far as it is recorded; it may still be going on.
   *
   * @param named which metrics; none: every accuracy and loss
   * @throws io.saltus.app.problem.Refusal when the run has no steps or no such values yet, or knows
   *     no such metric
   */
  public RunAnalysis analyse(RunReader runs, RunId run, List<MetricName> named) {
    RunState state = runs.state(run);
    List<MetricName> metrics = MetricChoice.of(state, named);
    List<MetricName> read = new ArrayList<>(metrics);
    if (!read.contains(KnownChanges.LEARNING_RATE)) {
      read.add(KnownChanges.LEARNING_RATE);
    }
    List<MetricSeries> all = RecordedSeries.read(runs, state, read);
    RunContext context = KnownChanges.of(state, all.get(read.indexOf(KnownChanges.LEARNING_RATE)));
    List<MetricSeries> series = all.subList(0, metrics.size());
    return new RunAnalysis(
        run,
        JumpAnalysis.with(JumpSettings.DEFAULT, executor).analyse(series, context),
        series,
        context,
        state.step(),
        state.lastSequence());
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
