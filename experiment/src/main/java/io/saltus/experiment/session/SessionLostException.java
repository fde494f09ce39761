package io.saltus.experiment.session;

import io.saltus.experiment.event.AttemptEnd;

/** What a session computed in is gone: its process, its device. The message is for the user. */
public final class SessionLostException extends SessionException {

  private static final long serialVersionUID = 1L;

  private final AttemptEnd end;

  /**
   * @param end what became of it
   * @param message what is known, and where more is
   */
  public SessionLostException(AttemptEnd end, String message) {
    super(message);
    this.end = end;
  }

  /** What became of it. */
  public AttemptEnd end() {
    return end;
  }
}
