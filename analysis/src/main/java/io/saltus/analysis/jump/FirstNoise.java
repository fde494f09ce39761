package io.saltus.analysis.jump;

import io.saltus.analysis.change.Noise;

/**
 * The noise before anything is fitted: from the differences of neighbours, or from their second
 * differences where those say that it is less. A curve of few evaluations goes up and down by more
 * from one to the next than it scatters; second differences know nothing of a straight line.
 */
final class FirstNoise {

  private static final int STRETCHES = 20;
  private static final int LENGTH = 2_000;
  private static final double GREATEST = 0.95;

  private FirstNoise() {}

  static NoiseModel of(LogBins bins, double floor) {
    double[] values = sample(bins.raw);
    Noise noise = Noise.of(values);
    double deviation = noise.deviation();
    double ar1 = noise.ar1();
    double near = secondDifference(values, 1);
    double far = secondDifference(values, 2);
    if (near > 0 && far > 0) {
      double own = correlation(far * far / (near * near));
      double scatter = near / Math.sqrt(2 * (1 - own) * (3 - own));
      if (scatter < deviation) {
        deviation = scatter;
        ar1 = own;
      }
    }
    return new NoiseModel(bins, Math.max(floor, deviation), ar1);
  }

  /** The deviation of y(i − lag) − 2y(i) + y(i + lag), from its median. */
  private static double secondDifference(double[] values, int lag) {
    double[] differences = new double[Math.max(0, values.length - 2 * lag)];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = values[i] - 2 * values[i + lag] + values[i + 2 * lag];
    }
    return Robust.deviation(differences);
  }

  /**
   * Of AR(1) noise second differences over lag 1 have the variance 2(1 − φ)(3 − φ)σ² and over lag 2
   * 2(1 − φ²)(3 − φ²)σ², whose ratio grows with φ from 1 to 2.
   */
  private static double correlation(double ratio) {
    double low = 0;
    double high = GREATEST;
    for (int halvings = 0; halvings < 40; halvings++) {
      double middle = (low + high) / 2;
      if ((1 + middle) * (3 - middle * middle) / (3 - middle) < ratio) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Stretches of neighbours, evenly spread; where one meets the next matters little. */
  private static double[] sample(double[] raw) {
    int n = raw.length;
    if (n <= STRETCHES * LENGTH) {
      return raw;
    }
    double[] chosen = new double[STRETCHES * LENGTH];
    for (int k = 0; k < STRETCHES; k++) {
      int from = (int) ((long) k * (n - LENGTH) / (STRETCHES - 1));
      System.arraycopy(raw, from, chosen, k * LENGTH, LENGTH);
    }
    return chosen;
  }
}
