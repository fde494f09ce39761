package io.saltus.experiment.spec;

/** How the examples of a batch are chosen. */
public enum Sampling {
  /**
   * Each example once per epoch, in a keyed permutation; the last batch of an epoch wraps around.
   */
  EPOCHS("epochs"),
  /** Each example of a batch drawn from all, independently. */
  WITH_REPLACEMENT("with-replacement"),
  /** All examples at every step; the batch size is not used. */
  FULL_BATCH("full-batch");

  private final String text;

  Sampling(String text) {
    this.text = text;
  }

  /** As written in a spec. */
  public String text() {
    return text;
  }
}
