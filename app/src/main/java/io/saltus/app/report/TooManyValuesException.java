package io.saltus.app.report;

/** More values were asked for at once than may be held. */
public final class TooManyValuesException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TooManyValuesException(long most) {
    super("there are more than " + most + " values");
  }
}
