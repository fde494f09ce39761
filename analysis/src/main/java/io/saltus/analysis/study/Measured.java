package io.saltus.analysis.study;

/** What measuring a run gave. */
sealed interface Measured {

  /** A number. */
  record Value(double value) implements Measured {}

  /** The run came to its end without what was to be measured. */
  record Never(double lastStep) implements Measured {}

  /** The run cannot say: it is not finished, it failed, or it did not record it. */
  record Unknown(String why) implements Measured {}
}
