package io.saltus.persistence.runs;

import io.saltus.experiment.RunId;
import java.time.Instant;

/**
 * An event of a stream beside a run, with its place in the journal.
 *
 * @param <E> the events of its stream
 * @param run the run it is about
 * @param sequence its place in its stream, from 1
 * @param offset its place in the whole journal
 * @param time when it was handed to the journal
 */
public record BesideEvent<E>(RunId run, long sequence, long offset, Instant time, E event) {}
