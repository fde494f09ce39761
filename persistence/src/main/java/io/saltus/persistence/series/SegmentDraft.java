package io.saltus.persistence.series;

import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.persistence.runs.RecordedFrame;
import io.saltus.persistence.runs.StepRange;
import io.saltus.persistence.series.Segment.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The values of frames that follow each other, until they are many enough for a segment. */
final class SegmentDraft {

  /** About so many values lie between the frames whose places are noted. */
  private static final long BETWEEN_PLACES = 4_096;

  /** Of a metric with so many times fewer values than the one with most, each value is kept. */
  private static final int FEW = 4;

  private final Map<MetricName, Values> metrics = new TreeMap<>();
  private final List<Place> places = new ArrayList<>();
  private long from;
  private long until = -1;
  private long lastSequence;
  private long count;
  private long countAtPlace;

  /** How many values there are. */
  long count() {
    return count;
  }

  /** The event of the last frame. */
  long lastSequence() {
    return lastSequence;
  }

  StepRange steps() {
    return new StepRange(from, until);
  }

  List<Place> places() {
    return places;
  }

  Map<MetricName, Values> metrics() {
    return metrics;
  }

  /** How many values of a metric the finest blocks hold. */
  int base(Values values) {
    int most = metrics.values().stream().mapToInt(Values::size).max().orElse(0);
    return values.size() < most / FEW ? Levels.SPARSE : Levels.DENSE;
  }

  /** Whether a frame can be added: the values of a metric are of one kind in a segment. */
  boolean takes(MetricFrame frame) {
    for (Column column : frame.columns()) {
      Values known = metrics.get(column.name());
      if (known != null && known.kind() != column.kind()) {
        return false;
      }
    }
    return true;
  }

  /** Adds the next frame. */
  void add(RecordedFrame recorded) {
    MetricFrame frame = recorded.frame();
    if (until < 0) {
      from = frame.from();
    }
    if (places.isEmpty() || count - countAtPlace >= BETWEEN_PLACES) {
      countAtPlace = count;
      places.add(new Place(frame.from(), recorded.sequence()));
    }
    until = frame.until();
    lastSequence = recorded.sequence();
    for (Column column : frame.columns()) {
      if (column instanceof ScalarColumn scalar && scalar.size() > 0) {
        metrics
            .computeIfAbsent(scalar.name(), name -> new Values(scalar.kind()))
            .add(scalar, 0, scalar.size());
        count += scalar.size();
      }
    }
  }
}
