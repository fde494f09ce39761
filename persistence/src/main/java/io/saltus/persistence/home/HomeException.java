package io.saltus.persistence.home;

import org.jspecify.annotations.Nullable;

/**
 * A home that cannot be used. The message is meant for the user as it stands: what is wrong, where,
 * and what to do.
 */
public final class HomeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What is wrong with a home. */
  public enum Reason {
    /** There is no such directory. */
    MISSING,
    /** Its path is that of a file. */
    NOT_A_DIRECTORY,
    /** It may not be written, or not even be read. */
    NOT_PERMITTED,
    /** Its file system is full. */
    DISK_FULL,
    /** It holds something else. */
    FOREIGN,
    /** A newer version of Saltus made it. */
    NEWER_FORMAT,
    /** Its contents are not what was written. */
    DAMAGED,
    /** Another process writes it. */
    HELD,
    /** The operating system refused something. */
    FAILED
  }

  private final Reason reason;

  /**
   * Says what is wrong.
   *
   * @param reason the kind of trouble
   * @param message what is wrong, where, and what to do
   */
  public HomeException(Reason reason, String message) {
    this(reason, message, null);
  }

  /**
   * Says what is wrong, and what it comes from.
   *
   * @param reason the kind of trouble
   * @param message what is wrong, where, and what to do
   * @param cause the exception behind it
   */
  public HomeException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Returns the kind of trouble. */
  public Reason reason() {
    return reason;
  }
}
