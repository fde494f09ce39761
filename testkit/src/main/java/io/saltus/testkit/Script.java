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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * What a {@link ScriptedProgram} plays: its series, and what goes wrong where. Immutable.
 *
 * @param scripted its metrics, in the order of the catalogue
 * @param mishaps by the step at which they happen
 * @param opening thrown when a session is opened, if anything
 * @param beforeStep called by the session's thread before each step; tests drive a clock with it
 * @param deviations values that some openings give instead of their own
 * @param canaries the {@code kernel-canary} of fingerprints, by the opening from which on it holds
 * @param stateValues how many integers the state has; 1: a scalar
 */
public record Script(
    List<ScriptedMetric> scripted,
    Map<Long, Mishap> mishaps,
    Optional<RuntimeException> opening,
    LongConsumer beforeStep,
    List<Deviation> deviations,
    SortedMap<Integer, String> canaries,
    int stateValues) {

  /** The canary of a script that says nothing about it. */
  private static final String CANARY = "scripted";

  /**
   * A value that is another one from some opening on, as on another machine.
   *
   * @param fromOpening the first of a program's openings that gives it, from 1
   */
  public record Deviation(MetricName metric, long step, double value, int fromOpening) {}

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
    deviations = List.copyOf(deviations);
    canaries = Collections.unmodifiableSortedMap(new TreeMap<>(canaries));
    if (stateValues < 1) {
      throw new IllegalArgumentException("a state of " + stateValues + " integers");
    }
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
        step -> {},
        List.of(),
        new TreeMap<>(),
        1);
  }

  /** This script with a mishap at a step, instead of any that was there. */
  public Script with(long step, Mishap mishap) {
    Map<Long, Mishap> more = new HashMap<>(mishaps);
    more.put(step, mishap);
    return copy(scripted, more, opening, beforeStep);
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
    return copy(changed, mishaps, opening, beforeStep);
  }

  /** This script, of which no session can be opened. */
  public Script refusingToOpen(RuntimeException thrown) {
    return copy(scripted, mishaps, Optional.of(thrown), beforeStep);
  }

  /** This script with something called before each step. */
  public Script beforeStep(LongConsumer called) {
    return copy(scripted, mishaps, opening, called);
  }

  /** This script with another value of a metric at a step, from an opening on, counted from 1. */
  public Script differing(MetricName metric, long step, double value, int fromOpening) {
    List<Deviation> more = new ArrayList<>(deviations);
    more.add(new Deviation(metric, step, value, fromOpening));
    return new Script(scripted, mishaps, opening, beforeStep, more, canaries, stateValues);
  }

  /** This script with another {@code kernel-canary}, from an opening on, counted from 1. */
  public Script withCanary(String canary, int fromOpening) {
    SortedMap<Integer, String> more = new TreeMap<>(canaries);
    more.put(fromOpening, canary);
    return new Script(scripted, mishaps, opening, beforeStep, deviations, more, stateValues);
  }

  /** This script with a state of so many integers of 8 bytes. */
  public Script withState(int values) {
    return new Script(scripted, mishaps, opening, beforeStep, deviations, canaries, values);
  }

  /** What a metric is at a step instead of its own value; of several the one given last. */
  Optional<Double> deviation(MetricName metric, long step, int ofOpening) {
    return deviations.stream()
        .filter(
            each ->
                each.metric().equals(metric)
                    && each.step() == step
                    && each.fromOpening() <= ofOpening)
        .map(Deviation::value)
        .reduce((earlier, later) -> later);
  }

  /** The canary of an opening. */
  String canary(int ofOpening) {
    return canaries.headMap(ofOpening + 1).values().stream()
        .reduce((earlier, later) -> later)
        .orElse(CANARY);
  }

  private Script copy(
      List<ScriptedMetric> metrics,
      Map<Long, Mishap> wrong,
      Optional<RuntimeException> thrown,
      LongConsumer called) {
    return new Script(metrics, wrong, thrown, called, deviations, canaries, stateValues);
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
