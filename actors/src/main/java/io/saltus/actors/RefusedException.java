package io.saltus.actors;

/** Something asked of the supervisor was refused; the message is written for the user. */
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why. */
  public RefusedException(String message) {
    super(message);
  }
}
