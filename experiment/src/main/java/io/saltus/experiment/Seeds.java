package io.saltus.experiment;

/**
 * The four seeds of a run. Everything random in it is a pure function of one of them, a purpose and
 * a counter.
 *
 * @param data splits and generated data
 * @param init initial weights
 * @param order the order in which examples are drawn
 * @param dropout masks drawn during training
 */
public record Seeds(long data, long init, long order, long dropout) {

  /** All four derived from one. */
  public static Seeds of(long seed) {
    return new Seeds(seed, seed, seed, seed);
  }
}
