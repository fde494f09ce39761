package io.saltus.analysis.monitor;

import io.saltus.analysis.jump.MetricKind;
import io.saltus.experiment.event.AnalysisEvent.JumpWithdrawn;
import io.saltus.experiment.event.AnalysisEvent.Remark;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Watches every accuracy and every loss of a run for jumps, as it goes on.
 *
 * <p>Why: whoever pays for a run wants to know while it is still going, and a state saved around a
 * jump is worth more than one an hour later.
 *
 * <p>How: per metric an alarm of {@link io.saltus.analysis.online.ChangeWatch} makes a suspicion;
 * once there is enough of a level after it, the definition of a jump decides, on a series thinned
 * to a bounded number of values per decade. What is said follows from the values in their order
 * alone: not from time, nor from how they come in frames.
 *
 * <p>Cost: one to two microseconds per value, and up to some seconds of one core for a suspicion;
 * memory of 4,000 values per metric and decade of steps.
 *
 * <p>Not safe for use by several threads.
 */
public final class RunMonitor {

  /** The name under which it speaks. */
  public static final String DETECTOR = "online-watch";

  /** Grows whenever the same values could make it say something else. */
  public static final int VERSION = 1;

  private final SortedMap<MetricName, MetricWatch> watches = new TreeMap<>();
  private final List<Remark> said = new ArrayList<>();
  private final List<Long> ends = new ArrayList<>();
  private long lastStep;

  /** Frames that can be gone through in order. */
  @FunctionalInterface
  public interface Frames {

    /** Hands out each. */
    void forEach(Consumer<? super MetricFrame> action);
  }

  /**
   * Watches the metrics of a catalogue from now on: scalars that come out the same when they are
   * computed again, and are accuracies or losses. Those of a catalogue before stay watched.
   */
  public void watch(Catalogue catalogue) {
    for (MetricDescriptor metric : catalogue.metrics()) {
      if (metric.deterministic() && metric.kind().isScalar()) {
        MetricKind kind = MetricKind.of(metric.name());
        if (kind != MetricKind.OTHER) {
          watches.computeIfAbsent(metric.name(), name -> new MetricWatch(name, kind));
        }
      }
    }
  }

  /** The metrics that are watched, by name. */
  public List<MetricName> watched() {
    return List.copyOf(watches.keySet());
  }

  /**
   * Observes a frame, which follows the one before.
   *
   * @return what is to be said of it, in order
   */
  public List<Remark> observe(MetricFrame frame) {
    List<Remark> remarks = new ArrayList<>();
    List<Reading> readings = new ArrayList<>();
    watches.forEach(
        (name, watch) ->
            frame
                .column(name)
                .filter(ScalarColumn.class::isInstance)
                .filter(column -> column.size() > 0)
                .ifPresent(column -> readings.add(new Reading(watch, column))));
    long step = next(readings);
    while (step < Long.MAX_VALUE) {
      for (Reading reading : readings) {
        reading.take(step, remarks);
      }
      step = next(readings);
    }
    said.addAll(remarks);
    lastStep = frame.until();
    return remarks;
  }

  private static long next(List<Reading> readings) {
    long least = Long.MAX_VALUE;
    for (Reading reading : readings) {
      least = Math.min(least, reading.step());
    }
    return least;
  }

  /**
   * The run has come to its end, so that no suspicion can wait any longer. It may be extended.
   *
   * @param step its last one
   */
  public List<Remark> end(long step) {
    List<Remark> remarks = new ArrayList<>();
    watches.values().forEach(watch -> watch.end(step, remarks::add));
    said.addAll(remarks);
    ends.add(step);
    return remarks;
  }

  /**
   * Takes up the history that a fork begins with, of which nothing is said: its own run did.
   *
   * @param frames from step 0 on
   */
  public void inherit(Frames frames) {
    frames.forEach(this::observe);
    said.clear();
  }

  /**
   * History was rewound: what was suspected or detected beyond that is taken back, and everything
   * else is as if the values beyond it had never been.
   *
   * @param toStep the last step that still counts
   * @param frames what still counts, from step 0 on, without the steps beyond
   */
  public List<Remark> rewind(long toStep, Frames frames) {
    List<Remark> remarks = takenBack(toStep);
    Deque<Long> due = new ArrayDeque<>(ends);
    due.removeIf(end -> end > toStep);
    watches.replaceAll((name, watch) -> watch.anew());
    said.clear();
    ends.clear();
    frames.forEach(
        frame -> {
          endBefore(frame.from(), due);
          observe(frame);
        });
    endBefore(Long.MAX_VALUE, due);
    lastStep = toStep;
    return remarks;
  }

  private void endBefore(long step, Deque<Long> due) {
    while (!due.isEmpty() && due.getFirst() < step) {
      end(due.removeFirst());
    }
  }

  private List<Remark> takenBack(long toStep) {
    SortedMap<Long, Remark> standing = new TreeMap<>();
    long number = 0;
    for (Remark remark : said) {
      standing
          .values()
          .removeIf(
              earlier ->
                  earlier.metric().equals(remark.metric())
                      && earlier.suspectedStep() == remark.suspectedStep());
      if (!(remark instanceof JumpWithdrawn)) {
        standing.put(number++, remark);
      }
    }
    return standing.values().stream()
        .filter(remark -> remark.step() > toStep)
        .<Remark>map(
            remark ->
                new JumpWithdrawn(
                    DETECTOR,
                    VERSION,
                    remark.metric(),
                    remark.suspectedStep(),
                    lastStep,
                    "history was rewound to step " + toStep))
        .toList();
  }

  /** The column of one metric, read value by value. */
  private static final class Reading {

    private final MetricWatch watch;
    private final ScalarColumn column;
    private int place;

    Reading(MetricWatch watch, Column column) {
      this.watch = watch;
      this.column = (ScalarColumn) column;
    }

    long step() {
      return place < column.size() ? column.steps().at(place) : Long.MAX_VALUE;
    }

    void take(long step, List<Remark> remarks) {
      if (step() == step) {
        watch.observe(step, column.asDouble(place), remarks::add);
        place++;
      }
    }
  }
}
