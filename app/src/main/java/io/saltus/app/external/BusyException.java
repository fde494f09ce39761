package io.saltus.app.external;

/** Too much waits for a run, or for all of them, already; the message is written for the user. */
public final class BusyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BusyException(String message) {
    super(message);
  }

  /** It is no fault, and nobody needs its trace. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
