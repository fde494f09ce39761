package io.saltus.experiment.spec;

import io.saltus.experiment.metric.MetricName;
import java.util.Optional;

/**
 * When checkpoints are taken and which are kept. One is kept when any of the rules keeps it.
 *
 * @param every when they are taken
 * @param keepLast how many of the latest are kept, at least 1
 * @param keepEvery the first at or after each multiple of so many steps is kept, at least 1
 * @param keepBest the one with the best value of a metric is kept
 */
public record CheckpointPolicy(
    CheckpointCadence every, int keepLast, Optional<Long> keepEvery, Optional<KeepBest> keepBest) {

  /** What a spec has that says nothing about checkpoints. */
  public static final CheckpointPolicy DEFAULT =
      new CheckpointPolicy(new CheckpointCadence.Auto(), 3, Optional.empty(), Optional.empty());

  /** Refuses amounts below 1. */
  public CheckpointPolicy {
    if (keepLast < 1) {
      throw new IllegalArgumentException("keeps the last " + keepLast + " checkpoints");
    }
    if (keepEvery.isPresent() && keepEvery.get() < 1) {
      throw new IllegalArgumentException("keeps checkpoints every " + keepEvery.get() + " steps");
    }
  }

  /**
   * Which checkpoint is the best.
   *
   * @param metric a deterministic metric that the run records
   * @param mode whether more of it is better
   */
  public record KeepBest(MetricName metric, BestMode mode) {}

  /** Which value of a metric is the best. */
  public enum BestMode {
    /** The greatest. */
    MAX,
    /** The least. */
    MIN
  }
}
