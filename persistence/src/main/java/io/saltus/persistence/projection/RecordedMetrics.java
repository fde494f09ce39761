package io.saltus.persistence.projection;

import io.saltus.experiment.event.RunEvent.ForkOrigin;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.experiment.session.UntilProgress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What follows from the frames of a run's history.
 *
 * @param step the last step that a frame covers, -1 when there is none
 * @param metrics statistics of the scalar metrics
 * @param crossings first passages by the accuracies, by metric and level
 * @param until how far the rules of {@code until} have come
 * @param stale whether {@code metrics} and {@code until} still hold steps that were superseded
 */
public record RecordedMetrics(
    long step,
    SortedMap<MetricName, MetricStats> metrics,
    List<Crossing> crossings,
    UntilProgress until,
    boolean stale) {

  /** The step of a run that has not even step 0. */
  public static final long NO_STEP = -1;

  private static final RecordedMetrics NONE =
      new RecordedMetrics(NO_STEP, new TreeMap<>(), List.of(), UntilProgress.of(List.of()), false);

  /** Makes the collections unmodifiable. */
  public RecordedMetrics {
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    crossings = List.copyOf(crossings);
  }

  static RecordedMetrics none() {
    return NONE;
  }

  /**
   * Before a run's first frame. A fork stands at the step of its parent that it begins with; until
   * somebody who can read the parent's frames has folded them, what follows from these is missing,
   * which counts as stale.
   *
   * @param until the rules
   * @param parent where the run was forked from
   */
  public static RecordedMetrics before(UntilProgress until, Optional<ForkOrigin> parent) {
    return new RecordedMetrics(
        parent.map(ForkOrigin::step).orElse(NO_STEP),
        NONE.metrics(),
        List.of(),
        until,
        parent.isPresent());
  }

  RecordedMetrics withUntil(UntilProgress progress) {
    return new RecordedMetrics(step, metrics, crossings, progress, stale);
  }

  /** With a further frame, in the order of steps. */
  public RecordedMetrics and(MetricFrame frame) {
    TreeMap<MetricName, MetricStats> nextMetrics = new TreeMap<>(metrics);
    List<Crossing> nextCrossings = new ArrayList<>(crossings);
    for (Column column : frame.columns()) {
      if (column instanceof ScalarColumn scalar && scalar.size() > 0) {
        MetricStats before = nextMetrics.get(scalar.name());
        nextMetrics.put(
            scalar.name(), before == null ? MetricStats.of(scalar) : before.and(scalar));
        if (scalar.name().isAccuracy()) {
          addCrossings(scalar, nextCrossings);
        }
      }
    }
    Collections.sort(nextCrossings);
    return new RecordedMetrics(
        frame.until(), nextMetrics, nextCrossings, until.observe(frame), stale);
  }

  /**
   * Without what lies beyond a step. First passages up to it stay what they were; statistics cannot
   * be undone, so they are stale until they are folded anew.
   */
  RecordedMetrics rewoundTo(long toStep) {
    if (toStep >= step) {
      return this;
    }
    List<Crossing> kept = crossings.stream().filter(passed -> passed.step() <= toStep).toList();
    return new RecordedMetrics(toStep, metrics, kept, until, true);
  }

  private static void addCrossings(ScalarColumn column, List<Crossing> crossings) {
    for (double level : Crossing.LEVELS) {
      if (crossings.stream()
          .anyMatch(seen -> seen.metric().equals(column.name()) && seen.level() == level)) {
        continue;
      }
      for (int i = 0; i < column.size(); i++) {
        if (Crossing.reaches(column, i, level)) {
          crossings.add(new Crossing(column.name(), level, column.steps().at(i)));
          break;
        }
      }
    }
  }
}
