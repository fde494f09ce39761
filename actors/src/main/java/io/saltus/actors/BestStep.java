package io.saltus.actors;

import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.experiment.spec.CheckpointPolicy.BestMode;
import io.saltus.experiment.spec.CheckpointPolicy.KeepBest;
import io.saltus.persistence.projection.CheckpointState;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Which checkpoint is the best by a metric: that of the step with the best latest value. Only the
 * value at or before each checkpoint counts, so others are forgotten as there become many.
 */
final class BestStep {

  private static final int REMEMBERED = 10_000;

  private final Optional<KeepBest> rule;
  private final NavigableMap<Long, Double> values = new TreeMap<>();

  private BestStep(Optional<KeepBest> rule) {
    this.rule = rule;
  }

  static BestStep of(Optional<KeepBest> rule) {
    return new BestStep(rule);
  }

  /**
   * The values that count in what is recorded, by step; nothing is read without a rule.
   *
   * @param frames of current history
   */
  static SortedMap<Long, Double> recorded(
      Optional<KeepBest> rule,
      List<CheckpointState> checkpoints,
      Supplier<Iterator<MetricFrame>> frames) {
    BestStep best = new BestStep(rule);
    if (rule.isPresent()) {
      for (Iterator<MetricFrame> each = frames.get(); each.hasNext(); ) {
        best.observe(each.next());
        best.forgetBefore(checkpoints, REMEMBERED);
      }
      best.forgetBefore(checkpoints, 0);
    }
    return best.values;
  }

  /** Takes over the values that an attempt before this one recorded. */
  void takeOver(SortedMap<Long, Double> recorded) {
    values.putAll(recorded);
  }

  /** Remembers the values of a frame. */
  void observe(MetricFrame frame) {
    Optional<Column> column = rule.flatMap(best -> frame.column(best.metric()));
    if (column.isPresent() && column.get() instanceof ScalarColumn scalar) {
      for (int i = 0; i < scalar.size(); i++) {
        values.put(scalar.steps().at(i), scalar.asDouble(i));
      }
    }
  }

  /** The step of the best of these checkpoints; empty without a rule or a value. */
  Optional<Long> step(List<CheckpointState> checkpoints) {
    if (rule.isEmpty()) {
      return Optional.empty();
    }
    Optional<Long> best = Optional.empty();
    double bestValue = Double.NaN;
    for (CheckpointState checkpoint : checkpoints) {
      Map.Entry<Long, Double> value = values.floorEntry(checkpoint.step());
      if (checkpoint.valid() && value != null && beats(value.getValue(), bestValue)) {
        best = Optional.of(checkpoint.step());
        bestValue = value.getValue();
      }
    }
    forgetBefore(checkpoints, REMEMBERED);
    return best;
  }

  private boolean beats(double value, double best) {
    if (Double.isNaN(value)) {
      return false;
    }
    return Double.isNaN(best)
        || (rule.orElseThrow().mode() == BestMode.MAX ? value > best : value < best);
  }

  private void forgetBefore(List<CheckpointState> checkpoints, int most) {
    if (values.size() > most) {
      NavigableMap<Long, Double> needed = new TreeMap<>();
      // The latest value may be that of the next checkpoint.
      needed.put(values.lastKey(), values.lastEntry().getValue());
      for (CheckpointState checkpoint : checkpoints) {
        Map.Entry<Long, Double> value = values.floorEntry(checkpoint.step());
        if (value != null) {
          needed.put(value.getKey(), value.getValue());
        }
      }
      values.clear();
      values.putAll(needed);
    }
  }
}
