package io.saltus.analysis.change;

/** What may change from segment to segment. */
public enum ChangeModel {
  /** Each segment is a level or a line, with noise of its own; chosen by one criterion. */
  AUTO("auto", 3),
  /** The level; noise is the same everywhere. */
  MEAN("mean", 1),
  /** The level and the noise. */
  MEAN_VARIANCE("mean-variance", 2),
  /**
   * A straight line; the lines need not meet, noise is the same everywhere. Where they meet: {@link
   * ContinuousSlopeChanges}.
   */
  SLOPE("slope", 3),
  /** The whole distribution. */
  DISTRIBUTION("distribution", 2);

  private final String word;
  private final int minLength;

  ChangeModel(String word, int minLength) {
    this.word = word;
    this.minLength = minLength;
  }

  /** Its name for people: {@code mean-variance}. */
  public String word() {
    return word;
  }

  /** The least length of a segment when nobody says otherwise. */
  public int minLength() {
    return minLength;
  }
}
