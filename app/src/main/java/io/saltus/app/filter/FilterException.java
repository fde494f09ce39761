package io.saltus.app.filter;

/** A text that is no filter. */
public final class FilterException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int column;

  /**
   * @param column where reading ended, from 1
   * @param message what is wrong there, without a full stop
   */
  FilterException(int column, String message) {
    super(message);
    this.column = column;
  }

  /** Where reading ended, from 1. */
  public int column() {
    return column;
  }
}
