package io.saltus.bench.judge.speed;

import java.util.SplittableRandom;

/** What a search is timed on; noise of deviation 1 on everything but the constant. */
public enum Signal {
  /** Noise alone. */
  NONE("no change"),
  /** Ten changes of 4 deviations, evenly spread. */
  TEN("ten changes"),
  /** A change after every hundred observations. */
  MANY("n/100 changes"),
  /** A straight rise by ten deviations, which inequality pruning does nothing for. */
  DRIFT("drift"),
  /** One value. */
  CONSTANT("constant");

  private static final int SEED = 20_261_126;

  private final String words;

  Signal(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /** So many values, always the same. */
  double[] values(int n) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] =
          switch (this) {
            case NONE -> random.nextGaussian();
            case TEN -> 4 * (11L * i / n % 2) + random.nextGaussian();
            case MANY -> 4 * (i / 100 % 2) + random.nextGaussian();
            case DRIFT -> 10.0 * i / n + random.nextGaussian();
            case CONSTANT -> 1;
          };
    }
    return values;
  }
}
