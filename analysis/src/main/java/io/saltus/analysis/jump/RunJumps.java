package io.saltus.analysis.jump;

import io.saltus.experiment.jump.ChangePoint;
import io.saltus.experiment.jump.Jump;
import java.util.List;

/**
 * The jumps of a run.
 *
 * @param detector which wrote this, and {@code version} of it
 * @param jumps by midpoint
 * @param changePoints everything else that is significant, by step
 * @param series one per metric that was given, in that order
 */
public record RunJumps(
    String detector,
    int version,
    JumpSettings settings,
    List<Jump> jumps,
    List<ChangePoint> changePoints,
    List<SeriesResult> series) {}
