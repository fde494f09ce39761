package io.saltus.analysis.jump;

/** What a change must be to be a jump. None of these numbers depends on the metric or the run. */
public final class JumpDefinition {

  /** At least so much of the metric's range. */
  public static final double LARGE = 0.2;

  /** At least so many deviations, of a single evaluation and of the difference of the levels. */
  public static final double DEVIATIONS = 5;

  /** At most so many decades of steps from 10 % to 90 %. */
  public static final double SHARP_DECADES = 0.5;

  /** At least so many times as steep inside as beside it. */
  public static final double STEEPNESS = 5;

  /** A chance of a false find, over the metrics of a run, below this. */
  public static final double Q = 0.01;

  /** Memorisation and joint learning may take so many decades, and are then not sharp. */
  public static final double LABELLED_DECADES = 1.2;

  /** Decades of steps without which the level after it is uncertain. */
  public static final double SETTLED_DECADES = 0.1;

  private JumpDefinition() {}
}
