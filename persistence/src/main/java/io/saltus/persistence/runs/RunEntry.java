package io.saltus.persistence.runs;

import io.saltus.experiment.RunId;
import io.saltus.persistence.projection.RunState;
import java.time.Instant;

/**
 * A run in a list.
 *
 * @param submitted when
 * @param offset of its submission in the journal, which is the order of lists
 */
public record RunEntry(RunId run, Instant submitted, long offset, RunState state) {}
