package io.saltus.actors;

import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a listener heard, in order. */
final class Recorded implements RunListener {

  private final List<RunEvent> events = new CopyOnWriteArrayList<>();
  private final List<Long> sequences = new CopyOnWriteArrayList<>();

  @Override
  public void persisted(RunEvent event, long sequence) {
    events.add(event);
    sequences.add(sequence);
  }

  List<RunEvent> events() {
    return List.copyOf(events);
  }

  List<Long> sequences() {
    return List.copyOf(sequences);
  }

  /** The simple names of the events, each run of frames as one. */
  List<String> story() {
    return story(events);
  }

  /** The names of events; frames in a row once, and no checkpoints, which come when they come. */
  static List<String> story(List<? extends RunEvent> events) {
    List<String> story = new ArrayList<>();
    for (RunEvent event : events) {
      String name = event.getClass().getSimpleName();
      if (event instanceof RunEvent.CheckpointSaved
          || event instanceof RunEvent.CheckpointDropped) {
        continue;
      }
      if (story.isEmpty()
          || !name.equals("MetricsRecorded")
          || !story.get(story.size() - 1).equals(name)) {
        story.add(name);
      }
    }
    return story;
  }

  <E extends RunEvent> E only(Class<E> type) {
    List<E> found = events.stream().filter(type::isInstance).map(type::cast).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " of " + type.getSimpleName() + " in " + story());
    }
    return found.get(0);
  }

  List<MetricFrame> frames() {
    return events.stream()
        .filter(RunEvent.MetricsRecorded.class::isInstance)
        .map(event -> ((RunEvent.MetricsRecorded) event).frame())
        .toList();
  }

  /** All values of the deterministic metrics as bits, by name and step. */
  SortedMap<MetricName, SortedMap<Long, Long>> series() {
    SortedMap<MetricName, SortedMap<Long, Long>> series = new TreeMap<>();
    for (MetricFrame frame : frames()) {
      for (Column column : frame.columns()) {
        if (!column.name().equals(Timings.STEPS_PER_SECOND)
            && !column.name().equals(Timings.WALL_SECONDS)) {
          ScalarColumn scalar = (ScalarColumn) column;
          SortedMap<Long, Long> values =
              series.computeIfAbsent(column.name(), name -> new TreeMap<>());
          for (int i = 0; i < scalar.size(); i++) {
            values.put(scalar.steps().at(i), Double.doubleToRawLongBits(scalar.asDouble(i)));
          }
        }
      }
    }
    return series;
  }
}
