package io.saltus.bench.ground;

import java.util.Arrays;

/**
 * The highest of several rates: of what was disturbed least. For what computes at one speed and can
 * only be slowed down by its surroundings; the middle of a few tells more of those than of it.
 */
public final class Highest {

  private Highest() {}

  /** The highest one. */
  public static double of(double[] rates) {
    return Arrays.stream(rates).max().orElseThrow();
  }
}
