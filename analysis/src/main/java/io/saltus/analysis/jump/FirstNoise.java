package io.saltus.analysis.jump;

import io.saltus.analysis.change.Noise;

/** The noise before anything is fitted: from the differences of neighbours. */
final class FirstNoise {

  private static final int STRETCHES = 20;
  private static final int LENGTH = 2_000;

  private FirstNoise() {}

  static NoiseModel of(LogBins bins, double floor) {
    Noise noise = Noise.of(sample(bins.raw));
    return new NoiseModel(bins, Math.max(floor, noise.deviation()), noise.ar1());
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
