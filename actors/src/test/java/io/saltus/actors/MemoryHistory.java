package io.saltus.actors;

import io.saltus.actors.reexecution.RecordedHistory;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.CheckpointSaved;
import io.saltus.experiment.event.RunEvent.MetricsRecorded;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.runs.StepRange;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The history of a run whose events are at hand and were never rewound. */
record MemoryHistory(List<RunEvent> events) implements RecordedHistory {

  private static final Set<String> TIMINGS =
      Set.of(Timings.STEPS_PER_SECOND.value(), Timings.WALL_SECONDS.value());

  @Override
  public RunState state() {
    RunState state = RunState.empty();
    for (RunEvent event : events) {
      state = state.apply(event);
    }
    return state;
  }

  @Override
  public Iterator<MetricFrame> frames(StepRange range) {
    return events.stream()
        .filter(MetricsRecorded.class::isInstance)
        .map(event -> ((MetricsRecorded) event).frame())
        .map(MemoryHistory::deterministic)
        .flatMap(frame -> range.cut(frame).stream())
        .iterator();
  }

  private static MetricFrame deterministic(MetricFrame frame) {
    return new MetricFrame(
        frame.from(),
        frame.until(),
        frame.columns().stream()
            .filter(column -> !TIMINGS.contains(column.name().value()))
            .toList());
  }

  @Override
  public SortedMap<Long, Sha256> savedStates(StepRange range) {
    SortedMap<Long, Sha256> digests = new TreeMap<>();
    for (RunEvent event : events) {
      if (event instanceof CheckpointSaved saved
          && saved.step() >= range.from()
          && saved.step() <= range.until()) {
        digests.put(saved.step(), saved.sha256());
      }
    }
    return digests;
  }

  @Override
  public SortedMap<Integer, Instant> ends() {
    return new TreeMap<>();
  }

  @Override
  public void close() {}
}
