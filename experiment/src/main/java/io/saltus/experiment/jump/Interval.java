package io.saltus.experiment.jump;

/** From low to high, both included; both NaN when there is none. */
public record Interval(double low, double high) {

  /** When nothing can be said. */
  public static final Interval NONE = new Interval(Double.NaN, Double.NaN);
}
