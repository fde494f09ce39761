package io.saltus.experiment.session;

import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.experiment.spec.UntilRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far the rules of {@code until} have come: for each the step since which it has held. A pure
 * function of the recorded values, so the journal alone rebuilds it. Immutable.
 *
 * @param rules as in the spec
 * @param since for each rule the first step of the present stretch, or {@link #NOT_HELD}
 * @param met the rule that was met first, and where
 */
public record UntilProgress(List<UntilRule> rules, List<Long> since, Optional<Met> met) {

  /** Of a rule that does not hold at present. */
  public static final long NOT_HELD = -1;

  /**
   * A rule that was met.
   *
   * @param rule which
   * @param step the step whose value met it
   */
  public record Met(UntilRule rule, long step) {}

  /** Copies both lists. */
  public UntilProgress {
    rules = List.copyOf(rules);
    since = List.copyOf(since);
  }

  /** Nothing seen yet. */
  public static UntilProgress of(List<UntilRule> rules) {
    return new UntilProgress(
        rules, rules.stream().map(rule -> NOT_HELD).toList(), Optional.empty());
  }

  /** Whether some rule looks at a metric. */
  public boolean watches(MetricName metric) {
    return rules.stream().anyMatch(rule -> rule.metric().equals(metric));
  }

  /**
   * After one more value. Steps of one metric must come in order; metrics may come in any, so a
   * frame may be read column by column: of several rules the one met at the earliest step ends the
   * run, and at one step the first in the spec.
   */
  public UntilProgress observe(MetricName metric, long step, double value) {
    if (!watches(metric) || (met.isPresent() && met.get().step() < step)) {
      return this;
    }
    List<Long> next = new ArrayList<>(since);
    Optional<Met> nowMet = met;
    for (int i = 0; i < rules.size(); i++) {
      UntilRule rule = rules.get(i);
      if (!rule.metric().equals(metric)) {
        continue;
      }
      if (!rule.holds(value)) {
        next.set(i, NOT_HELD);
        continue;
      }
      long begun = next.get(i) == NOT_HELD ? step : next.get(i);
      next.set(i, begun);
      if (step - begun + 1 >= rule.forSteps() && comesBefore(i, step, nowMet)) {
        nowMet = Optional.of(new Met(rule, step));
      }
    }
    return new UntilProgress(rules, next, nowMet);
  }

  /** After all values of a frame. */
  public UntilProgress observe(MetricFrame frame) {
    UntilProgress progress = this;
    for (Column column : frame.columns()) {
      if (column instanceof ScalarColumn scalar && watches(column.name())) {
        for (int i = 0; i < scalar.size(); i++) {
          progress = progress.observe(scalar.name(), scalar.steps().at(i), scalar.asDouble(i));
        }
      }
    }
    return progress;
  }

  private boolean comesBefore(int rule, long step, Optional<Met> other) {
    return other.isEmpty()
        || step < other.get().step()
        || (step == other.get().step() && rule < rules.indexOf(other.get().rule()));
  }
}
