package io.saltus.analysis.jump;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/** Synthetic series of which the truth is known. */
final class Curves {

  private Curves() {}

  /** A logistic from 0 to 1, its width from 10 to 90 % in decades. */
  static double rise(double x, double midpoint, double width) {
    return 1 / (1 + Math.exp((midpoint - x) * 4.394 / width));
  }

  /** A function of log₁₀ step at steps from 1, plus AR(1) noise, normal or t₃. */
  static MetricSeries series(
      String name, MetricKind kind, int n, long seed, Noise noise, DoubleUnaryOperator curve) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] steps = new double[n];
    double[] values = new double[n];
    double state = noise.draw(random);
    for (int i = 0; i < n; i++) {
      steps[i] = i + 1;
      double value = curve.applyAsDouble(Math.log10(i + 1)) + noise.deviation * state;
      values[i] =
          switch (kind) {
            case ACCURACY -> Math.max(0, Math.min(1, value));
            case LOSS -> Math.pow(10, value);
            case OTHER -> value;
          };
      state = noise.ar1 * state + Math.sqrt(1 - noise.ar1 * noise.ar1) * noise.draw(random);
    }
    return new MetricSeries(name, steps, values, kind, 0);
  }

  static MetricSeries quantised(MetricSeries series, int parts) {
    double[] values = series.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.round(values[i] * parts) / (double) parts;
    }
    return new MetricSeries(series.name(), series.steps(), values, series.kind(), parts);
  }

  record Noise(double deviation, double ar1, boolean heavy) {

    private double draw(SplittableRandom random) {
      double normal = random.nextGaussian();
      if (!heavy) {
        return normal;
      }
      double squares = 0;
      for (int k = 0; k < 3; k++) {
        double one = random.nextGaussian();
        squares += one * one;
      }
      return normal / Math.sqrt(squares);
    }
  }
}
