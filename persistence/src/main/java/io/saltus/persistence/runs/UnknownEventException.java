package io.saltus.persistence.runs;

import io.saltus.experiment.RunId;

/** An event that a newer version wrote; the message names run, sequence number and event. */
public final class UnknownEventException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnknownEventException(RunId run, long sequence, String what) {
    super(
        "event %d of run %s cannot be read: %s. Read it with the version that wrote it, or a newer one."
            .formatted(sequence, run, what));
  }
}
