package io.saltus.actors.worker;

import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.session.SessionException;

/** A worker that is gone, and with it its session; the message names no path and no host. */
public final class WorkerLostException extends SessionException {

  private static final long serialVersionUID = 1L;

  private final AttemptEnd end;

  WorkerLostException(AttemptEnd end, String message) {
    super(message);
    this.end = end;
  }

  /** What the attempt ended with. */
  public AttemptEnd end() {
    return end;
  }
}
