package io.saltus.persistence.runs;

import io.saltus.experiment.RunId;
import io.saltus.experiment.metric.MetricFrame;
import java.time.Instant;

/**
 * A frame, or the part of one that was asked for.
 *
 * @param run that recorded it: of a fork's first steps, an ancestor
 * @param attempt of that run
 * @param sequence of the event that holds it
 * @param time at which it was journalled
 */
public record RecordedFrame(
    RunId run, int attempt, long sequence, Instant time, MetricFrame frame) {}
