package io.saltus.app.study;

import io.saltus.analysis.jump.MetricSeries;
import io.saltus.experiment.RunId;
import io.saltus.experiment.metric.MetricName;
import io.saltus.persistence.projection.RunState;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Keeps the series of runs as long as there is memory to spare and nothing has happened to the run:
 * most runs of a study are finished, or not begun, while somebody looks at it again and again.
 */
public final class SeriesMemory {

  private final Map<RunId, SoftReference<Kept>> runs = new ConcurrentHashMap<>();

  /**
   * Series of a run.
   *
   * @param sequence of its last event when they were read
   */
  private record Kept(long sequence, Map<MetricName, MetricSeries> series) {}

  /**
   * A series, kept or read now.
   *
   * @param state of the run, which is there
   */
  MetricSeries of(RunState state, MetricName metric, Supplier<MetricSeries> reading) {
    return kept(state).series().computeIfAbsent(metric, name -> reading.get());
  }

  private Kept kept(RunState state) {
    RunId run = state.run().orElseThrow();
    SoftReference<Kept> reference = runs.get(run);
    Kept known = reference == null ? null : reference.get();
    if (known == null || known.sequence() != state.lastSequence()) {
      known = new Kept(state.lastSequence(), new ConcurrentHashMap<>());
      runs.put(run, new SoftReference<>(known));
    }
    return known;
  }
}
