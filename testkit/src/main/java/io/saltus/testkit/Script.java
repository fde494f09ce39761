package io.saltus.testkit;

import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.random.Philox;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * What a {@link ScriptedProgram} plays: its series, and what goes wrong where. Immutable.
 *
 * @param scripted its metrics, in the order of the catalogue
 * @param mishaps by the step at which they happen
 * @param opening thrown when a session is opened, if anything
 * @param beforeStep called by the session's thread before each step; tests drive a clock with it
 */
public record Script(
    List<ScriptedMetric> scripted,
    Map<Long, Mishap> mishaps,
    Optional<RuntimeException> opening,
    LongConsumer beforeStep) {

  /**
   * A metric of a script.
   *
   * @param set the evaluation set it belongs to; empty: recorded at every step from 1
   */
  public record ScriptedMetric(MetricName name, String set, ColumnKind kind, Series series) {}

  /** Copies the collections. */
  public Script {
    scripted = List.copyOf(scripted);
    mishaps = Collections.unmodifiableMap(new HashMap<>(mishaps));
  }

  /**
   * A network that learns its training data by step 100 and what lies behind them by step 1,000,
   * with a little noise: training loss and accuracy at every step, validation loss and accuracy at
   * evaluations, and a weight norm in double precision.
   */
  public static Script learning() {
    return new Script(
        List.of(
            new ScriptedMetric(
                new MetricName("train.loss"), "", ColumnKind.F32, (seed, s) -> loss(seed, s, 100)),
            new ScriptedMetric(
                new MetricName("train.accuracy"), "", ColumnKind.F32, (seed, s) -> rise(s, 100)),
            new ScriptedMetric(
                MetricName.lossOf("validation"),
                "validation",
                ColumnKind.F32,
                (seed, s) -> loss(seed, s, 1000)),
            new ScriptedMetric(
                MetricName.accuracyOf("validation"),
                "validation",
                ColumnKind.F32,
                (seed, s) -> rise(s, 1000)),
            new ScriptedMetric(
                new MetricName("weight-norm"),
                "",
                ColumnKind.F64,
                (seed, s) -> 10 + StrictMath.log1p(s) + noise(seed, s))),
        Map.of(),
        Optional.empty(),
        step -> {});
  }

  /** This script with a mishap at a step, instead of any that was there. */
  public Script with(long step, Mishap mishap) {
    Map<Long, Mishap> more = new HashMap<>(mishaps);
    more.put(step, mishap);
    return new Script(scripted, more, opening, beforeStep);
  }

  /** This script with another series for a metric that it has. */
  public Script with(MetricName metric, Series series) {
    List<ScriptedMetric> changed = new ArrayList<>();
    for (ScriptedMetric each : scripted) {
      changed.add(
          each.name().equals(metric)
              ? new ScriptedMetric(metric, each.set(), each.kind(), series)
              : each);
    }
    return new Script(changed, mishaps, opening, beforeStep);
  }

  /** This script, of which no session can be opened. */
  public Script refusingToOpen(RuntimeException thrown) {
    return new Script(scripted, mishaps, Optional.of(thrown), beforeStep);
  }

  /** This script with something called before each step. */
  public Script beforeStep(LongConsumer called) {
    return new Script(scripted, mishaps, opening, called);
  }

  private static double rise(long step, double by) {
    return Math.min(1, step / by);
  }

  private static double loss(long seed, long step, double by) {
    return 4.6 * StrictMath.exp(-3 * step / by) + 0.01 * noise(seed, step);
  }

  private static double noise(long seed, long step) {
    return new Philox(seed).unit(step, 0);
  }
}
