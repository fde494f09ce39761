package io.saltus.persistence.runs;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import java.time.Instant;

/**
 * An event of a run with its place in the journal.
 *
 * @param sequence its place in the run's stream, from 1
 * @param offset its place in the whole journal
 * @param time when it was handed to the journal
 */
public record RecordedEvent(RunId run, long sequence, long offset, Instant time, RunEvent event) {}
