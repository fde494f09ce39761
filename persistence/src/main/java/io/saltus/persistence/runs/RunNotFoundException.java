package io.saltus.persistence.runs;

/** No run, or more than one, has the name that was given; the message says which come near. */
public final class RunNotFoundException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RunNotFoundException(String message) {
    super(message);
  }
}
