package io.saltus.bench.eyes;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksReaders;
import io.saltus.persistence.runs.RecordedEvent;
import io.saltus.persistence.runs.RunReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** How fast a run trained at what times, as its journal says. */
final class TrainingRates {

  private final List<Mark> marks;

  private record Mark(Instant time, long step) {}

  private TrainingRates(List<Mark> marks) {
    this.marks = marks;
  }

  static TrainingRates read(Path home, String run) {
    List<Mark> marks = new ArrayList<>();
    try (JournalReader journal = RocksReaders.open(Home.at(home).journal())) {
      Iterator<RecordedEvent> events =
          new RunReader(journal).events(new RunId(run), 1, Long.MAX_VALUE);
      while (events.hasNext()) {
        RecordedEvent event = events.next();
        if (event.event() instanceof RunEvent.MetricsRecorded recorded) {
          marks.add(new Mark(event.time(), recorded.frame().until()));
        }
      }
    }
    return new TrainingRates(marks);
  }

  /** Steps a second in each interval, between the first frame in it and the last. */
  double[] of(List<LoadPart.Interval> intervals) {
    return intervals.stream().mapToDouble(this::of).toArray();
  }

  private double of(LoadPart.Interval interval) {
    List<Mark> within =
        marks.stream()
            .filter(
                mark ->
                    mark.time().isAfter(interval.from()) && mark.time().isBefore(interval.until()))
            .toList();
    if (within.size() < 2) {
      throw new IllegalStateException("the run did not train from " + interval);
    }
    Mark first = within.get(0);
    Mark last = within.get(within.size() - 1);
    return (last.step() - first.step())
        / (Duration.between(first.time(), last.time()).toNanos() / 1e9);
  }
}
