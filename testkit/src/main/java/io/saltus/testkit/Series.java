package io.saltus.testkit;

/** The values of a metric as a pure function of seed and step. */
@FunctionalInterface
public interface Series {

  /** The value at a step, from 0. */
  double at(long seed, long step);
}
