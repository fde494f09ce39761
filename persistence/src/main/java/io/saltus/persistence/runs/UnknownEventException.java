package io.saltus.persistence.runs;

/** An event that a newer version wrote; the message names run, sequence number and event. */
public final class UnknownEventException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param stream in the user's words, such as {@code run a}
   */
  UnknownEventException(String stream, long sequence, String what) {
    super(
        "event %d of %s cannot be read: %s. Read it with the version that wrote it, or a newer one."
            .formatted(sequence, stream, what));
  }
}
