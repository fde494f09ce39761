package io.saltus.bench.judge.curves;

import io.saltus.analysis.jump.MetricKind;
import io.saltus.analysis.jump.MetricSeries;
import io.saltus.bench.judge.ground.NoiseSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/**
 * A curve without its noise, and what noise it will have. Levels are on the scale on which changes
 * count: decades of a loss, everything else as it is.
 *
 * @param drift of log₁₀ step
 * @param rises added to it, by midpoint, well apart
 */
record Scene(
    MetricKind kind, double[] steps, DoubleUnaryOperator drift, List<Rise> rises, Noise noise) {

  Scene {
    rises = List.copyOf(rises);
  }

  double level(double x) {
    double level = drift.applyAsDouble(x);
    for (Rise rise : rises) {
      level += rise.at(x);
    }
    return level;
  }

  /** Log₁₀ of a step; step 0 counts as 1. */
  double place(int i) {
    return Math.log10(Math.max(1, steps[i]));
  }

  double first() {
    return Math.log10(Math.max(1, steps[1]));
  }

  double last() {
    return place(steps.length - 1);
  }

  /** How many evaluations lie between two places. */
  int evaluations(double from, double until) {
    int count = 0;
    for (int i = 1; i < steps.length; i++) {
      count += place(i) >= from && place(i) < until ? 1 : 0;
    }
    return count;
  }

  /** The curve with its noise. */
  MetricSeries series(String name, SplittableRandom random) {
    NoiseSource source = new NoiseSource(random, noise.ar1(), noise.heavy());
    double[] values = new double[steps.length];
    for (int i = 0; i < values.length; i++) {
      double level = level(place(i));
      values[i] =
          noise.counted()
              ? (double) hits(level, random) / noise.evaluated()
              : observed(level + noise.deviation() * source.next());
    }
    return new MetricSeries(name, steps, values, kind, noise.evaluated());
  }

  private int hits(double level, SplittableRandom random) {
    int hits = 0;
    for (int i = 0; i < noise.evaluated(); i++) {
      hits += random.nextDouble() < level ? 1 : 0;
    }
    return hits;
  }

  private double observed(double level) {
    return switch (kind) {
      case ACCURACY -> {
        double share = Math.max(0, Math.min(1, level));
        int parts = noise.evaluated();
        yield parts == 0 ? share : (double) Math.round(share * parts) / parts;
      }
      case LOSS -> Math.pow(10, level);
      case OTHER -> level;
    };
  }

  /** What a level is in the metric's own values. */
  double value(double level) {
    return kind == MetricKind.LOSS ? Math.pow(10, level) : level;
  }
}
