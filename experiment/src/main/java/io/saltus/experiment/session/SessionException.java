package io.saltus.experiment.session;

/** A session that could not be opened or could not go on; the message is written for the user. */
public class SessionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What was wrong, where, and what to do. */
  public SessionException(String message) {
    super(message);
  }

  /** What was wrong, where, and what to do; with what led to it. */
  public SessionException(String message, Throwable cause) {
    super(message, cause);
  }
}
