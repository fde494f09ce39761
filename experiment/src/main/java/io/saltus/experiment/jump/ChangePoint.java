package io.saltus.experiment.jump;

import java.util.List;

/**
 * A change that is significant, but not a jump.
 *
 * @param step the midpoint
 * @param delta the level after minus the one before, in the metric's own values
 * @param interval 95 % of the midpoint
 * @param reason the criteria that it does not meet, in words
 */
public record ChangePoint(
    String metric,
    double step,
    double delta,
    Interval interval,
    double p,
    double q,
    String reason,
    List<Criterion> criteria) {}
