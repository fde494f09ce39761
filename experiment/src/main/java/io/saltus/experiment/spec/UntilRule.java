package io.saltus.experiment.spec;

import io.saltus.experiment.metric.MetricName;

/**
 * A reason to stop before the last step: a metric that has stayed on the good side of a level. Of
 * several rules the first to be met ends the run.
 *
 * @param metric a recorded scalar
 * @param bound at least or at most the level
 * @param level finite
 * @param forSteps how many consecutive steps the bound must have held, from the first recorded
 *     value that meets it to the one that ends the run, both included; at least 1
 */
public record UntilRule(MetricName metric, Bound bound, double level, long forSteps) {

  /** On which side of the level the metric must be. */
  public enum Bound {
    /** At the level or above. */
    AT_LEAST,
    /** At the level or below. */
    AT_MOST
  }

  /** Whether a value meets the bound; a NaN never does. */
  public boolean holds(double value) {
    return bound == Bound.AT_LEAST ? value >= level : value <= level;
  }
}
