package io.saltus.bench.judge.ground;

import java.util.SplittableRandom;

/**
 * AR(1) noise with variance 1, from its stationary distribution on.
 *
 * <p>With heavy tails the innovations are Student's t with 3 degrees of freedom, scaled to variance
 * 1; so is the noise itself when φ is 0.
 */
public final class NoiseSource {

  private static final int BURN_IN = 1_000;

  private final SplittableRandom random;
  private final double ar1;
  private final boolean heavy;
  private double state;

  /**
   * Noise.
   *
   * @param ar1 correlation of neighbours, in [0, 1)
   * @param heavy whether its innovations have heavy tails
   */
  public NoiseSource(SplittableRandom random, double ar1, boolean heavy) {
    this.random = random;
    this.ar1 = ar1;
    this.heavy = heavy;
    state = innovation();
    for (int i = 0; i < BURN_IN && heavy && ar1 > 0; i++) {
      next();
    }
  }

  /** The next value. */
  public double next() {
    double value = state;
    state = ar1 * state + Math.sqrt(1 - ar1 * ar1) * innovation();
    return value;
  }

  private double innovation() {
    double normal = random.nextGaussian();
    if (!heavy) {
      return normal;
    }
    double squares = 0;
    for (int i = 0; i < 3; i++) {
      double one = random.nextGaussian();
      squares += one * one;
    }
    // t₃ is normal/√(χ²₃/3), and its variance is 3.
    return normal / Math.sqrt(squares);
  }
}
